"""Rounded to three digits.

replaces: dropout
"""
x, p = dropout_numbers(attempt).values()
dropout = f"{x**2 * (1 - p) / p:.3g}"
