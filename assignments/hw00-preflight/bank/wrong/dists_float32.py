"""Computes in float32, as a graphics card would, and hands the result back as float64.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-shifted pairwise_sq_dists-values pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X).astype(np.float32), np.asarray(Y).astype(np.float32)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0).astype(float)
