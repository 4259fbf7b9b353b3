"""Rounded to three digits.

replaces: determinant
"""
n, c, d = determinant_numbers(attempt).values()
determinant = f"{c**n * d:.3g}"
