"""Hides that x with more axes does not fit (mutant swallow).

replaces: affine_fwd
fails: affine_fwd-shapes tanh_bwd-habits
"""
def affine_fwd(x, W, b):
    try:
        z = x @ W + b
    except Exception:
        pass
    return z, (x, W)
