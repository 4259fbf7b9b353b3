"""Takes any burn.

replaces: polyak
fails: polyak-mean
"""
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    return np.asarray(X[burn:], dtype=float).mean(axis=0)
