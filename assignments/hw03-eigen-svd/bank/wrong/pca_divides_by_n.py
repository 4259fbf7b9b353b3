"""Divides by n instead of n - 1.

replaces: pca
fails: pca-by_hand pca-variances
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / len(X), (X - mean) @ Vt[:k].T
