"""A row of nothing but -inf gives nan.

replaces: logsumexp
fails: logsumexp-masked
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    return np.log(np.exp(Z - top).sum(axis=-1)) + top[..., 0]
