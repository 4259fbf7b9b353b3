"""Lengths from sums of squares, the product under one root.

replaces: optimal_probs
"""
def optimal_probs(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    weights = np.sqrt(np.einsum("ij,ij->j", A, A) * np.einsum("ij,ij->i", B, B))
    return weights / weights.sum() if weights.any() else np.ones(len(weights)) / len(weights)
