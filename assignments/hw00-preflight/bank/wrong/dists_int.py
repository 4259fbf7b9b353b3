"""Moves the origin to the mean in copies of the input's own type: integers lose their fractions.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    centre, X, Y = X.mean(axis=0), X.copy(), Y.copy()
    X[...] = X - centre
    Y[...] = Y - centre
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0).astype(float)
