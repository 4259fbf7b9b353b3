"""Keeps the centred data in an array of the type of X, so whole numbers stay whole.

replaces: pca
fails: pca-habits
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X)
    C = np.zeros_like(X)
    mean = X.mean(axis=0)
    C[:] = X - mean
    U, s, Vt = np.linalg.svd(C, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
