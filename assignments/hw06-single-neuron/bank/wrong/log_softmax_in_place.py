"""Subtracts the maximum from the argument itself.

replaces: log_softmax
fails: log_softmax-habits
"""
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    Z -= top
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))
