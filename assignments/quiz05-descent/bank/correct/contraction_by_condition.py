"""By the condition number.

replaces: contraction
"""
mu, L = contraction_numbers(attempt).values()
contraction = f"({L}/{mu} - 1)/({L}/{mu} + 1)"
