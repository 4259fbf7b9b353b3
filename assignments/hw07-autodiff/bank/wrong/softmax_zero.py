"""Zero: right for g = (1, ..., 1), and for no other.

replaces: vjp_softmax
fails: vjp_softmax-by_hand vjp_softmax-adjoint vjp_softmax-edges vjp_softmax-habits
"""
def vjp_softmax(z, g):
    """Cotangent of z (..., n) for the cotangent g of softmax(z) along the last axis."""
    # J = diag(p) - p p^T is symmetric: two terms,
    # and no matrix.
    p = np.exp(z - np.max(z, axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return 0.0 * p
