"""Follows the path through u alone.

replaces: two_paths
fails: two_paths-value
"""
x, a, b = two_paths_numbers(attempt).values()
u, v = x + a, b * x
two_paths = v
