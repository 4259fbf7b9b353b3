"""The backward pass squares the output that the forward pass returned.

replaces: tanh_fwd tanh_bwd
fails: tanh_fwd-caches
"""
def tanh_fwd(z):
    a = np.tanh(z)
    return a, (a,)

def tanh_bwd(dout, cache):
    (a,) = cache
    a *= a
    return dout * (1 - a)
