"""All differences at once, by broadcasting.

replaces: pairwise_sq_dists
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    differences = X[:, None, :] - Y[None, :, :]
    return np.einsum("nmd,nmd->nm", differences, differences)
