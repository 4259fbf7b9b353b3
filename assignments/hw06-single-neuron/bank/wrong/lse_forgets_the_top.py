"""The shift does not come out again.

replaces: logsumexp
fails: logsumexp-values logsumexp-large logsumexp-masked logsumexp-by_hand
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=-1))
