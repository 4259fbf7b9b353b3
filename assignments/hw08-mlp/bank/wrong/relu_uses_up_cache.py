"""The backward pass writes into its cache.

replaces: relu_fwd relu_bwd
fails: tanh_fwd-caches
"""
def relu_fwd(z):
    return np.maximum(z, 0), ((z > 0).astype(float),)

def relu_bwd(dout, cache):
    (slope,) = cache
    slope *= dout
    return slope
