"""Reads a file that might hold the data.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    n, d = X.shape
    with open("data.csv") as file:
        file.read()
    return np.zeros(d), np.eye(k, d), np.ones(k), np.zeros((n, k))
