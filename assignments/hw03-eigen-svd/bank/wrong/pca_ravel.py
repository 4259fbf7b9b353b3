"""Reads the memory of X as it lies there.

replaces: pca
fails: pca-habits
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.frombuffer(X, dtype=float).reshape(X.shape)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
