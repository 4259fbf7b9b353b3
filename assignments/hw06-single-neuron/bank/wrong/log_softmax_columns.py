"""Normalises the columns.

replaces: log_softmax
fails: log_softmax-values log_softmax-large log_softmax-masked log_softmax-by_hand
"""
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    Z = Z - Z.max(axis=0)
    return Z - np.log(np.exp(Z).sum(axis=0))
