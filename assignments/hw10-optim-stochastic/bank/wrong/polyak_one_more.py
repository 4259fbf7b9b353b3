"""Leaves one iterate too many out.

replaces: polyak
fails: polyak-by_hand polyak-mean polyak-habits
"""
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    if not 0 <= burn < len(X):
        raise ValueError("burn leaves nothing to average")
    return np.asarray(X[min(burn + 1, len(X) - 1):], dtype=float).mean(axis=0)
