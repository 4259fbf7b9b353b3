"""Rounded to three digits.

replaces: entropy
"""
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = f"{-np.sum(p * np.log2(p)):.3g}"
