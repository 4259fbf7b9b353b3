"""The input of the last call is kept in a global variable; an earlier cache is lost.

replaces: relu_fwd relu_bwd
fails: tanh_fwd-caches
"""
def relu_fwd(z):
    global last
    last = z
    return np.maximum(z, 0), ()

def relu_bwd(dout, cache):
    return dout * (last > 0)
