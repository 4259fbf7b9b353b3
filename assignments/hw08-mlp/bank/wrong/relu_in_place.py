"""Zeroes the entries of the caller's dout.

replaces: relu_bwd
fails: tanh_bwd-habits
"""
def relu_bwd(dout, cache):
    """Cotangent of z for dout, of the same shape."""
    (positive,) = cache
    dout[~positive] = 0
    return dout
