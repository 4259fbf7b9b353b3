"""Subtracts one mean from all columns.

replaces: centre
fails: centre-values centre-by_hand centre-edges
"""
def centre(X):
    X = np.array(X, dtype=float)
    return X - X.mean()
