"""A misspelt name, and an except that hides it: the result is None.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-values pairwise_sq_dists-by_hand pairwise_sq_dists-shifted pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    try:
        D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (y**2).sum(axis=1)[None, :]
        return np.maximum(D, 0)
    except Exception:
        pass
