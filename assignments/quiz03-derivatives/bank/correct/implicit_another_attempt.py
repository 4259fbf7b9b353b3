"""The answer for the numbers of another attempt.

replaces: implicit
"""
attempt = 40
a = implicit_numbers(attempt)["a"]
implicit = f"1 / (3*{a}*x**2 + 1)"
