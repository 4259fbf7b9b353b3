"""The answer for the numbers of another attempt.

replaces: entropy
"""
attempt = 117
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = -np.sum(p * np.log2(p))
