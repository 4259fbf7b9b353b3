"""Another unit.

replaces: divergence
"""
p, q = divergence_numbers(attempt).values()
divergence = f"{p * np.log2(p / q) + (1 - p) * np.log2((1 - p) / (1 - q))} bits"
