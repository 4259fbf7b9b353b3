"""The mask is taken from dout instead of the input.

replaces: relu_bwd
fails: relu_bwd-gradient tanh_fwd-caches relu_fwd-by_hand
"""
def relu_bwd(dout, cache):
    """Cotangent of z for dout, of the same shape."""
    return dout * (dout > 0)
