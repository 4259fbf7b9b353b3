"""Subtracts the maximum from the argument itself.

replaces: softmax
fails: softmax-habits
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    Z -= top
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)
