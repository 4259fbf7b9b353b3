"""Divides g among all entries.

replaces: vjp_max
fails: vjp_max-by_hand vjp_max-gradient vjp_max-ties
"""
def vjp_max(x, axis, g):
    """Cotangent of x for the cotangent g of its maximum along axis; g has one axis less."""
    # Give g back the axis that the maximum took.
    # Who was a maximum? What if there are two?
    top = x == np.max(x, axis=axis, keepdims=True)
    return np.ones(x.shape) / x.shape[axis] * np.expand_dims(g, axis)
