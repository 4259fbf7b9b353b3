"""Another unit.

replaces: cross_entropy
"""
z, label = cross_entropy_numbers(attempt).values()
cross_entropy = f"{np.log2(np.exp(z).sum()) - z[label] / np.log(2):.6f} bits"
