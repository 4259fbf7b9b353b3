"""Counts the axes from the left: right for matrices alone.

replaces: logsumexp
fails: logsumexp-values logsumexp-masked
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0]
