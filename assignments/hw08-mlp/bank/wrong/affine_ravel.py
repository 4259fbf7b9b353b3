"""Flattens in the order of the memory: right for C order only (mutant ravel).

replaces: affine_fwd
fails: tanh_bwd-habits
"""
def affine_fwd(x, W, b):
    """z = x W + b for each example: returns z (n, d_out) and a cache."""
    z = x.ravel(order="K").reshape(len(x), -1) @ W + b
    return z, (x, W)
