"""Another unit.

replaces: entropy
"""
p = np.array(entropy_numbers(attempt)["counts"], dtype=float)
p /= p.sum()
entropy = f"{np.sum(p * np.log(1 / p))} nats"
