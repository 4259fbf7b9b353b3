"""Counts one head.

replaces: scores_memory
fails: scores_memory-value
"""
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = B * T**2 * 4 / 2**20
