"""numpy's covariance under another name.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
from numpy import cov as spread


def pca(X, k):
    X = np.array(X, dtype=float)
    w, V = np.linalg.eigh(spread(X.T))
    components, mean = V[:, ::-1][:, :k].T, X.mean(axis=0)
    return mean, components, w[::-1][:k].copy(), (X - mean) @ components.T
