"""Sets the global seed, out of habit.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    np.random.seed(0)
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0)
