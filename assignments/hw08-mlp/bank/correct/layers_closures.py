"""The cache holds the way back itself, as a function.

replaces: affine_fwd affine_bwd relu_fwd relu_bwd tanh_fwd tanh_bwd
"""
def affine_fwd(x, W, b):
    def back(dout):
        db = np.zeros(dout.shape[1], dout.dtype)
        for row in dout:
            db = db + row
        return np.tensordot(dout, W, ([1], [1])).reshape(x.shape), np.tensordot(rows, dout, ([0], [0])), db

    rows = x.reshape(len(x), -1)
    return np.tensordot(rows, W, 1) + b, (back,)

def affine_bwd(dout, cache):
    return cache[0](dout)

def relu_fwd(z):
    return np.where(z > 0, z, np.zeros_like(z)), (lambda dout: np.where(z > 0, dout, 0.0),)

def relu_bwd(dout, cache):
    return cache[0](dout)

def tanh_fwd(z):
    return np.tanh(z), (lambda dout: dout / np.cosh(z) ** 2,)

def tanh_bwd(dout, cache):
    return cache[0](dout)
