"""Multiplies by the centring matrix.

replaces: centre
"""
def centre(X):
    n = len(X)
    return (np.eye(n) - np.full((n, n), 1 / n)) @ np.array(X, dtype=float)
