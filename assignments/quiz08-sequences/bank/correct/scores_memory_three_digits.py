"""Rounded to three digits.

replaces: scores_memory
"""
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = f"{B * H * T**2 * 4 / 2**20:.3g}"
