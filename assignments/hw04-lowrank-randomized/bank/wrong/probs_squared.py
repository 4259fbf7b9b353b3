"""Squares of the products of lengths: the law for another purpose.

replaces: optimal_probs
fails: optimal_probs-by_hand optimal_probs-law
"""
def optimal_probs(A, B):
    weights = np.sum(np.square(A, dtype=float), axis=0) * np.sum(np.square(B, dtype=float), axis=1)
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))
