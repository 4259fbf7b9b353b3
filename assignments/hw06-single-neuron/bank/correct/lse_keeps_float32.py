"""Computes in the precision of the input; log1p of what is beside the largest.

replaces: logsumexp
"""
def logsumexp(Z):
    Z = np.asarray(Z)
    Z = Z if Z.dtype.kind == "f" else Z.astype(float)
    order = np.sort(Z, axis=-1)
    top = order[..., -1]
    if not np.all(top > -np.inf):
        raise ValueError("no finite score")
    return top + np.log1p(np.exp(order[..., :-1] - top[..., None]).sum(axis=-1))
