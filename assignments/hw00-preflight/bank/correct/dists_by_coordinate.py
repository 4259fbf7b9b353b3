"""A loop over the coordinates, which is allowed: one outer difference for each.

replaces: pairwise_sq_dists
"""
def pairwise_sq_dists(X, Y):
    D = np.zeros((len(X), len(Y)))
    for x, y in zip(np.asarray(X, dtype=float).T, np.asarray(Y, dtype=float).T):
        D += np.subtract.outer(x, y) ** 2
    return D
