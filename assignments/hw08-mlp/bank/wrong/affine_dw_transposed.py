"""dW transposed: nobody notices as long as the matrices are square.

replaces: affine_bwd
fails: affine_bwd-gradient affine_fwd-shapes affine_bwd-by_hand
"""
def affine_bwd(dout, cache):
    """Cotangents of x, W and b for dout (n, d_out): returns dx, dW, db."""
    x, W = cache
    dx = (dout @ W.T).reshape(x.shape)
    dW = dout.T @ x.reshape(len(x), -1)
    db = dout.sum(axis=0)
    return dx, dW, db
