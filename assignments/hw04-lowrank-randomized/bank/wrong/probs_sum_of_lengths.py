"""Adds the lengths where they are to be multiplied.

replaces: optimal_probs
fails: optimal_probs-by_hand optimal_probs-law optimal_probs-zeros
"""
def optimal_probs(A, B):
    weights = np.linalg.norm(A, axis=0) + np.linalg.norm(B, axis=1)
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))
