"""The derivative of the left side itself: upside down.

replaces: implicit
fails: implicit-value
"""
a = implicit_numbers(attempt)["a"]
implicit = f"1 + {3 * a}*x^2"
