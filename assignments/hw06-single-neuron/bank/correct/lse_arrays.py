"""Takes Z for the array that it is.

replaces: logsumexp
"""
def logsumexp(Z):
    """log of the sum of exp along the last axis: (..., k) -> (...)."""
    # The top of each row first (and whether it is -inf);
    # then exp of what is left, its sum, its log, and the top again.
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=-1)) + top[..., 0]
