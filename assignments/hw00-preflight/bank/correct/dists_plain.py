"""One line; of whole numbers it makes whole numbers.

replaces: pairwise_sq_dists
"""
def pairwise_sq_dists(X, Y):
    return ((X[:, None, :] - Y[None, :, :]) ** 2).sum(axis=2)
