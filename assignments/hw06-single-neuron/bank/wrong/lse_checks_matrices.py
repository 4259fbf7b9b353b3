"""Looks for rows of -inf along the second axis, which is the last one of a matrix only.

replaces: logsumexp
fails: logsumexp-masked
"""
def logsumexp(Z):
    """log of the sum of exp along the last axis: (..., k) -> (...)."""
    # The top of each row first (and whether it is -inf);
    # then exp of what is left, its sum, its log, and the top again.
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(Z).all(axis=1).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=-1)) + top[..., 0]
