"""numpy's covariance by a string.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    X = np.array(X, dtype=float)
    w, V = np.linalg.eigh(getattr(np, "cov")(X, rowvar=False))
    components, mean = V[:, ::-1][:, :k].T, X.mean(axis=0)
    return mean, components, w[::-1][:k].copy(), (X - mean) @ components.T
