"""Turns the two round.

replaces: divergence
fails: divergence-value
"""
p, q = divergence_numbers(attempt).values()
divergence = q * np.log(q / p) + (1 - q) * np.log((1 - q) / (1 - p))
