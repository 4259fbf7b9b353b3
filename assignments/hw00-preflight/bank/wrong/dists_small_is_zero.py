"""What is small is taken for rounding and becomes zero.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-values
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.where(D < 1e-9, 0, D)
