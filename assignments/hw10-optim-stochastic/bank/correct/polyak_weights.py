"""A product with a vector of weights.

replaces: polyak
"""
def polyak(X, burn):
    if burn not in range(len(X)):
        raise ValueError("burn")
    weights = (np.arange(len(X)) >= burn) / (len(X) - burn)
    return weights @ np.asarray(X, dtype=float)
