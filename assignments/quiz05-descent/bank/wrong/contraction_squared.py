"""Looks at the function value.

replaces: contraction
fails: contraction-value
"""
mu, L = contraction_numbers(attempt).values()
right = (L - mu) / (L + mu)
contraction = right**2
