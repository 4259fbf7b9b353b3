"""Multiplies the derivatives of both paths.

replaces: two_paths
fails: two_paths-value
"""
x, a, b = two_paths_numbers(attempt).values()
u, v = x + a, b * x
two_paths = b
