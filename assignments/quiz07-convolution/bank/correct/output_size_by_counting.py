"""Counts the places of the kernel.

replaces: output_size
"""
n, k, p, s = output_size_numbers(attempt).values()
output_size = len(range(0, n + 2 * p - k + 1, s))
