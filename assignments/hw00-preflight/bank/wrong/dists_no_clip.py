"""The expansion, with what rounding leaves below zero.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-shifted
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    return (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
