"""Forgets the stride.

replaces: output_size
fails: output_size-value
"""
n, k, p, s = output_size_numbers(attempt).values()
output_size = n + 2 * p - k + 1
