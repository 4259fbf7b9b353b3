"""Reads the numbers in the order in which they lie in memory.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    X = np.asarray(X, dtype=float).ravel(order="K").reshape(X.shape)
    Y = np.asarray(Y, dtype=float).ravel(order="K").reshape(Y.shape)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0)
