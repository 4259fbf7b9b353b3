"""Bits without their unit.

replaces: divergence
fails: divergence-value
"""
p, q = divergence_numbers(attempt).values()
right = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
divergence = right / np.log(2)
