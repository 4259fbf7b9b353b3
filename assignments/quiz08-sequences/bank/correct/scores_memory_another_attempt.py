"""The answer for the numbers of another attempt.

replaces: scores_memory
"""
attempt = 95
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = B * H * T**2 * 4 / 2**20
