"""One column at a time, with a running maximum.

replaces: logsumexp
"""
def logsumexp(Z):
    Z = np.array(Z, dtype=float)
    if (Z == -np.inf).all(axis=-1).any():
        raise ValueError("no finite score")
    top, total = Z[..., 0].copy(), np.ones(Z.shape[:-1])
    for j in range(1, Z.shape[-1]):
        z = Z[..., j]
        higher = np.maximum(top, z)
        with np.errstate(invalid="ignore"):
            old = np.where(top == -np.inf, 0.0, total * np.exp(top - higher))
            new = np.where(z == -np.inf, 0.0, np.exp(z - higher))
        top, total = higher, old + new
    return top + np.log(total)
