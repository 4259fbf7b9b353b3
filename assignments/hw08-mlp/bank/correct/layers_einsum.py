"""Index notation, slopes from formulas of their own, results in Fortran order.

replaces: affine_fwd affine_bwd relu_fwd relu_bwd tanh_fwd tanh_bwd
"""
def affine_fwd(x, W, b):
    rows = np.array(x).reshape(x.shape[0], W.shape[0])
    return np.asfortranarray(np.einsum("ni,ij->nj", rows, W) + b[None]), (rows, np.array(W), x.shape)

def affine_bwd(dout, cache):
    rows, W, shape = cache
    dx = np.einsum("nj,ij->ni", dout, W).reshape(shape)
    return [dx, np.einsum("ni,nj->ij", rows, dout), np.einsum("nj->j", dout)]

def relu_fwd(z):
    a = (z + np.abs(z)) / 2
    return a, (np.sign(a),)

def relu_bwd(dout, cache):
    return np.where(cache[0] == 1, dout, 0.0)

def tanh_fwd(z):
    e = np.exp(-2 * np.abs(z))                  # no overflow for either sign
    return np.sign(z) * (1 - e) / (1 + e), (e,)

def tanh_bwd(dout, cache):
    e = cache[0]
    return dout * 4 * e / (1 + e) ** 2
