"""Returns zeros of the right shapes.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    n, d = X.shape
    return np.zeros(d), np.zeros((k, d)), np.zeros(k), np.zeros((n, k))
