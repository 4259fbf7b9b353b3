"""Takes a small sum for zero.

replaces: optimal_probs
fails: optimal_probs-law
"""
def optimal_probs(A, B):
    weights = np.linalg.norm(A, axis=0) * np.linalg.norm(B, axis=1)
    total = weights.sum()
    return weights / total if total > 1e-8 else np.full(len(weights), 1 / len(weights))
