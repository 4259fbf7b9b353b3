"""A running mean that halves the past.

replaces: polyak
fails: polyak-by_hand polyak-mean polyak-variance polyak-habits
"""
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    if not 0 <= burn < len(X):
        raise ValueError("burn leaves nothing to average")
    mean = np.array(X[burn], dtype=float)
    for x in X[burn + 1:]:
        mean = (mean + x) / 2
    return mean
