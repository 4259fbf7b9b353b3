"""Takes out one maximum for all rows: 0 / 0 in a row far below it.

replaces: softmax
fails: softmax-large
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=-1, keepdims=True)
