"""Eigenvectors of the covariance matrix of the centred data, signs flipped.

replaces: pca
"""
def pca(X, k):
    X = np.asarray(X, dtype=np.float64)
    n, d = X.shape
    mean = np.ones(n) @ X / n
    mean = mean + (X - mean).sum(axis=0) / n                # a second pass takes out the rounding of the first
    C = X - mean
    w, V = np.linalg.eigh(C.T @ C / (n - 1))
    components = -V[:, np.argsort(-w)[:k]].T
    return mean, components, np.sort(w)[::-1][:k].copy(), C @ components.T
