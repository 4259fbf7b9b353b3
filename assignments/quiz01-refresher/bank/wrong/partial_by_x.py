"""Differentiates with respect to x.

replaces: partial
fails: partial-value
"""
a, b, c = partial_numbers(attempt).values()
partial = f"2*{a}*x*y"
