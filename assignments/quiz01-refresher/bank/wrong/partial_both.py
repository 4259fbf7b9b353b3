"""Differentiates the first term with respect to both.

replaces: partial
fails: partial-value
"""
a, b, c = partial_numbers(attempt).values()
partial = f"2*{a}*x + {b * c}*exp({c}*y)"
