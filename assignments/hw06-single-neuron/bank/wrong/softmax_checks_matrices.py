"""Looks for rows of -inf along the second axis, which is the last one of a matrix only.

replaces: softmax
fails: softmax-masked
"""
def softmax(Z):
    """Probabilities along the last axis: (..., k) -> (..., k)."""
    # The same shift,
    # then exp divided by its sum.
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(Z).all(axis=1).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - top)
    return E / E.sum(axis=-1, keepdims=True)
