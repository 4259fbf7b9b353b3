"""Zeros of the right shapes (mutant const).

replaces: affine_bwd
fails: affine_bwd-gradient affine_fwd-shapes tanh_fwd-caches affine_bwd-by_hand
"""
def affine_bwd(dout, cache):
    """Cotangents of x, W and b for dout (n, d_out): returns dx, dW, db."""
    x, W = cache
    dx = np.zeros(x.shape)
    dW = np.zeros(W.shape)
    db = np.zeros(W.shape[1])
    return dx, dW, db
