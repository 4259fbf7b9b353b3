"""Covariance as mean of products minus product of means: a shift of the data costs the digits.

replaces: pca
fails: pca-edges
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    w, V = np.linalg.eigh((X.T @ X - len(X) * np.outer(mean, mean)))
    s, Vt = np.sqrt(np.abs(w[::-1])), V[:, ::-1].T
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
