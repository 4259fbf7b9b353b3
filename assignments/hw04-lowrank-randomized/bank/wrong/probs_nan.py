"""Divides by a sum that may be zero.

replaces: optimal_probs
fails: optimal_probs-zeros
"""
def optimal_probs(A, B):
    weights = np.linalg.norm(A, axis=0) * np.linalg.norm(B, axis=1)
    return weights / weights.sum()
