"""Subtracts the maximum from the argument itself.

replaces: logsumexp
fails: logsumexp-habits
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    Z -= top
    return np.log(np.exp(Z).sum(axis=-1)) + top[..., 0]
