"""Forgets the inner derivative of the exponential.

replaces: partial
fails: partial-value
"""
a, b, c = partial_numbers(attempt).values()
partial = f"{a}*x^2 + {b}*exp({c}*y)"
