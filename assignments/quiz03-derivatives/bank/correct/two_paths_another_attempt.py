"""The answer for the numbers of another attempt.

replaces: two_paths
"""
attempt = 40
x, a, b = two_paths_numbers(attempt).values()
u, v = x + a, b * x
two_paths = v + b * u
