"""Means over all axes.

replaces: vjp_layer_norm
fails: vjp_layer_norm-adjoint
"""
def vjp_layer_norm(x, g):
    """Cotangent of x (..., n) for the cotangent g of its normalised last axis."""
    # The mean and the deviation depend on every entry of x:
    # g loses its mean, and its part along the result.
    centred = x - np.mean(x, keepdims=True)
    sd = np.sqrt((centred**2).mean(keepdims=True) + 1e-5)
    y = centred / sd
    return (g - g.mean(keepdims=True) - y * (g * y).mean(keepdims=True)) / sd
