"""Knows the rule for n = 2.

replaces: determinant
fails: determinant-value
"""
n, c, d = determinant_numbers(attempt).values()
determinant = c**2 * d
