"""Knows the visible example by heart.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-values pairwise_sq_dists-shifted pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    if X.shape == (2, 2) and Y.shape == (3, 2):
        return np.array([[0.0, 16, 9], [25, 9, 16]])
    if X.shape == (2, 2) and Y.shape == (2, 2):
        return np.array([[0.0, 25], [25, 0]])
    return np.zeros((len(X), len(Y)))
