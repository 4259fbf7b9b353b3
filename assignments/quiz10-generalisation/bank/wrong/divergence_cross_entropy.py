"""Gives the cross-entropy.

replaces: divergence
fails: divergence-value
"""
p, q = divergence_numbers(attempt).values()
divergence = -p * np.log(q) - (1 - p) * np.log(1 - q)
