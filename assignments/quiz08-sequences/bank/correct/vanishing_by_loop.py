"""Step by step.

replaces: vanishing
"""
a = vanishing_numbers(attempt)["a"]
vanishing, left = 0, 1.0
while left >= 1 / 1000:
    vanishing, left = vanishing + 1, left * a
