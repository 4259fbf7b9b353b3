"""A negative power.

replaces: implicit
"""
a = implicit_numbers(attempt)["a"]
implicit = f"(1 + {a}*3*x*x)**(-1)"
