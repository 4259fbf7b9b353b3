"""Flattens by x.shape = ..., which changes the caller's array (mutant ravel).

replaces: affine_fwd
fails: affine_fwd-shapes tanh_bwd-habits
"""
def affine_fwd(x, W, b):
    """z = x W + b for each example: returns z (n, d_out) and a cache."""
    x.shape = (len(x), -1)
    z = x @ W + b
    return z, (x, W)
