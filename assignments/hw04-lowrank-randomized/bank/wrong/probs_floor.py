"""Adds a little to each, so that none is zero.

replaces: optimal_probs
fails: optimal_probs-zeros optimal_probs-law
"""
def optimal_probs(A, B):
    weights = np.linalg.norm(A, axis=0) * np.linalg.norm(B, axis=1) + 1e-13
    return weights / weights.sum()
