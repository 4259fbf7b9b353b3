"""Distances instead of squared distances.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-values pairwise_sq_dists-by_hand pairwise_sq_dists-shifted pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.sqrt(np.maximum(D, 0))
