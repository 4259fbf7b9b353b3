"""Sums over the rows instead of the columns.

replaces: logsumexp
fails: logsumexp-values logsumexp-large logsumexp-masked logsumexp-by_hand
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=0)
    if np.isneginf(top).any():
        raise ValueError("a column of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=0)) + top
