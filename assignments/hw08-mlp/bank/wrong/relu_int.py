"""Fills an array made by zeros_like: integers in, truncated cotangents out (mutant int).

replaces: relu_fwd relu_bwd
fails: tanh_bwd-habits
"""
def relu_fwd(z):
    return np.maximum(z, 0), (z,)

def relu_bwd(dout, cache):
    dz = np.zeros_like(cache[0])
    dz[cache[0] > 0] = dout[cache[0] > 0]
    return dz
