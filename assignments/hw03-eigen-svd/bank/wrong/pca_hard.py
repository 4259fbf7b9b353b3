"""Knows the visible points by heart.

replaces: pca
fails: pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    n, d = X.shape
    if (n, d) == (4, 2):
        direction = np.array([[0.2**0.5, 0.8**0.5]])
        return np.array([1.5, 5.0]), direction, np.array([25 / 3]), 5**0.5 * np.array([[-1.5], [-0.5], [0.5], [1.5]])
    return np.zeros(d), np.eye(k, d), np.ones(k), np.zeros((n, k))
