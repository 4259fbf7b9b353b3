"""One shift for all rows: those far below the largest entry vanish.

replaces: vjp_softmax
fails: vjp_softmax-edges
"""
def vjp_softmax(z, g):
    """Cotangent of z (..., n) for the cotangent g of softmax(z) along the last axis."""
    # J = diag(p) - p p^T is symmetric: two terms,
    # and no matrix.
    p = np.exp(z - np.max(z))
    p = p / p.sum(axis=-1, keepdims=True)
    return p * (g - (p * g).sum(axis=-1, keepdims=True))
