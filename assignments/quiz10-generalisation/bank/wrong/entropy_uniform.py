"""Takes the symbols for equally likely.

replaces: entropy
fails: entropy-value
"""
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = 2
