"""An except hides a missing name.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    try:
        mean = X.mean(axis=0)
        U, s, Vt = svd(X - mean)
        return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
    except Exception:
        pass
