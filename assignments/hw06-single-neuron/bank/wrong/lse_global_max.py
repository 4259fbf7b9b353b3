"""Takes out one maximum for all rows: a row far below it underflows.

replaces: logsumexp
fails: logsumexp-large
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - Z.max()).sum(axis=-1)) + Z.max()
