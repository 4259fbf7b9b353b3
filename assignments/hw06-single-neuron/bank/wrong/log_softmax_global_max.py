"""Takes out one maximum for all rows.

replaces: log_softmax
fails: log_softmax-large
"""
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    Z = Z - Z.max()
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))
