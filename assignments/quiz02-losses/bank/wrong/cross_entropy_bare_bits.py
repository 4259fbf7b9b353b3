"""Bits without their unit.

replaces: cross_entropy
fails: cross_entropy-value
"""
z, label = cross_entropy_numbers(attempt).values()
right = np.log(np.exp(z).sum()) - z[label]
cross_entropy = right / np.log(2)
