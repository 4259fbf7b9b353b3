"""Moves the origin to the mean, which is good, in the caller's arrays, which is not.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    centre = X.mean(axis=0)
    X -= centre
    Y -= centre
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0)
