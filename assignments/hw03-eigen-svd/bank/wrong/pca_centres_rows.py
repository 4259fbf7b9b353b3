"""Takes the mean over the wrong axis.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - X.mean(axis=1, keepdims=True), full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
