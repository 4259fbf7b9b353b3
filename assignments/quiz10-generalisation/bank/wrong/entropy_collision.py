"""Adds squares in place of logarithms.

replaces: entropy
fails: entropy-value
"""
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = np.sum(p**2)
