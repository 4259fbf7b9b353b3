"""Through the logarithm of the softmax.

replaces: vjp_softmax
"""
def vjp_softmax(z, g):
    """Cotangent of z (..., n) for the cotangent g of softmax(z) along the last axis."""
    shifted = z - np.max(z, axis=-1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    weighted = g * np.exp(log_p)
    return weighted - np.exp(log_p) * np.sum(weighted, axis=-1, keepdims=True)
