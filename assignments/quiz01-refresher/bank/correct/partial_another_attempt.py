"""The answer for the numbers of another attempt.

replaces: partial
"""
attempt = 18
a, b, c = partial_numbers(attempt).values()
partial = f"{a}*x**2 + {b}*{c}*exp({c}*y)"
