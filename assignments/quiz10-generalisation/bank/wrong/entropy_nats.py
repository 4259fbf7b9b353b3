"""Nats without their unit.

replaces: entropy
fails: entropy-value
"""
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = -np.sum(p * np.log(p))
