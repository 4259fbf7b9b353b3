"""The variance as the mean of the squares minus the square of the mean.

replaces: vjp_layer_norm
fails: vjp_layer_norm-adjoint
"""
def vjp_layer_norm(x, g):
    """Cotangent of x (..., n) for the cotangent g of its normalised last axis."""
    # The mean and the deviation depend on every entry of x:
    # g loses its mean, and its part along the result.
    centred = x - np.mean(x, axis=-1, keepdims=True)
    mu, squares = np.mean(x, axis=-1, keepdims=True), np.mean(np.asarray(x, dtype=float) ** 2, axis=-1, keepdims=True)
    sd = np.sqrt(squares - mu**2 + 1e-5)
    y = centred / sd
    return (g - g.mean(axis=-1, keepdims=True) - y * (g * y).mean(axis=-1, keepdims=True)) / sd
