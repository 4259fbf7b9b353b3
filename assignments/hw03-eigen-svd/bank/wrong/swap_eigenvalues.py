"""Absolute eigenvalues in place of singular values.

replaces: swap_values
fails: swap_values-both
"""
swap_values = [10**0.5, 10**0.5]
