"""Takes entries that are nearly equal for equal ones.

replaces: vjp_max
fails: vjp_max-ties
"""
def vjp_max(x, axis, g):
    """Cotangent of x for the cotangent g of its maximum along axis; g has one axis less."""
    # Give g back the axis that the maximum took.
    # Who was a maximum? What if there are two?
    top = np.isclose(x, np.max(x, axis=axis, keepdims=True))
    return top / top.sum(axis=axis, keepdims=True) * np.expand_dims(g, axis)
