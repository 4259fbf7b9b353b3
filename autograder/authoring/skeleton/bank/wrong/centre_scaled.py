"""Divides by the standard deviation as well.

replaces: centre
fails: centre-values centre-by_hand centre-edges
"""
def centre(X):
    X = np.array(X, dtype=float)
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-300)
