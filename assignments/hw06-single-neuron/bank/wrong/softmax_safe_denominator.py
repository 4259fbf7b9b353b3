"""A small number in the denominator against division by zero.

replaces: softmax
fails: softmax-values softmax-large softmax-masked softmax-by_hand
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - top)
    return E / (E.sum(axis=-1, keepdims=True) + 1e-8)
