"""Normalises the columns.

replaces: softmax
fails: softmax-values softmax-large softmax-masked softmax-by_hand
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=0)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - top)
    return E / E.sum(axis=0)
