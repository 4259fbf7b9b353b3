"""Centres the caller's data in place.

replaces: pca
fails: pca-habits
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    X -= mean
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), X @ Vt[:k].T
