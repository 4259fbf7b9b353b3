"""Rounded to three digits.

replaces: divergence
"""
p, q = divergence_numbers(attempt).values()
divergence = f"{p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)):.3g}"
