"""Overflow made finite afterwards.

replaces: logsumexp
fails: logsumexp-large logsumexp-by_hand
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.nan_to_num(np.exp(Z)).sum(axis=-1))
