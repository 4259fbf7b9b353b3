"""Rounded to three digits.

replaces: contraction
"""
mu, L = contraction_numbers(attempt).values()
contraction = f"{(L - mu) / (L + mu):.3g}"
