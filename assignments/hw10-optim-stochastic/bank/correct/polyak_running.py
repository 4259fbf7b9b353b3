"""A running mean.

replaces: polyak
"""
def polyak(X, burn):
    if burn < 0 or burn >= len(X):
        raise ValueError("burn")
    mean = np.zeros(X.shape[1])
    for count, x in enumerate(X[burn:], 1):
        mean += (x - mean) / count
    return mean
