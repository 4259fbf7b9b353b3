"""Scores from the data as they are.

replaces: pca
fails: pca-by_hand pca-scores
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), X @ Vt[:k].T
