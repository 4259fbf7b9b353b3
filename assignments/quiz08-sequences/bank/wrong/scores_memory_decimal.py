"""Megabytes without their unit.

replaces: scores_memory
fails: scores_memory-value
"""
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = B * H * T**2 * 4 / 10**6
