"""Subtracts the mean of each row.

replaces: centre
fails: centre-values centre-by_hand centre-edges
"""
def centre(X):
    X = np.array(X, dtype=float)
    return X - X.mean(axis=1, keepdims=True)
