"""Forgets to square the singular values.

replaces: pca
fails: pca-by_hand pca-variances
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] / (len(X) - 1), (X - mean) @ Vt[:k].T
