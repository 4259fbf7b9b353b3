"""Another unit.

replaces: scores_memory
"""
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = f"{B * H * T * T * 4 / 1e6} MB"
