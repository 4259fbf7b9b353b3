"""Sums in the argument.

replaces: polyak
fails: polyak-habits
"""
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    if not 0 <= burn < len(X):
        raise ValueError("burn leaves nothing to average")
    for k in range(burn + 1, len(X)):
        X[burn] += X[k]
    return X[burn] / (len(X) - burn)
