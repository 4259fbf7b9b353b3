"""Divides the sum by n - 1.

replaces: centre
fails: centre-values centre-by_hand centre-edges
"""
def centre(X):
    X = np.array(X, dtype=float)
    return X - X.sum(axis=0) / max(len(X) - 1, 1)
