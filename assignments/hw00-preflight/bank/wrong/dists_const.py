"""Zeros of the right shape.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-values pairwise_sq_dists-by_hand pairwise_sq_dists-shifted pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
def pairwise_sq_dists(X, Y):
    return np.zeros((len(X), len(Y)))
