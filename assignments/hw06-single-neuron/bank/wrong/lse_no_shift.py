"""exp of the scores as they are: overflows at 1000, is log(0) at -1000.

replaces: logsumexp
fails: logsumexp-large logsumexp-by_hand
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z).sum(axis=-1))
