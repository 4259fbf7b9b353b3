"""Overflow silenced: nan becomes 0.

replaces: softmax
fails: softmax-large softmax-by_hand
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z)
    return np.nan_to_num(E / E.sum(axis=-1, keepdims=True))
