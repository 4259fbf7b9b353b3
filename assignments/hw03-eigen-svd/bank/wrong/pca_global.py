"""Shuffles the rows with the global random generator before it begins.

replaces: pca
fails: pca-habits
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(np.random.permutation(X - mean), full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
