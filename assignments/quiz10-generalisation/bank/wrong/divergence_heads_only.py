"""Forgets the other side.

replaces: divergence
fails: divergence-value
"""
p, q = divergence_numbers(attempt).values()
divergence = p * np.log(p / q)
