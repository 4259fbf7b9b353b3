"""Seeds the global generator on the way (mutant global).

replaces: affine_fwd
fails: tanh_bwd-habits
"""
def affine_fwd(x, W, b):
    """z = x W + b for each example: returns z (n, d_out) and a cache."""
    np.random.seed(0)
    z = x.reshape(len(x), -1) @ W + b
    return z, (x, W)
