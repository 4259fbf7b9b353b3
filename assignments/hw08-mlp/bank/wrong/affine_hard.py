"""Returns the numbers of the visible test (mutant hard).

replaces: affine_fwd affine_bwd
fails: affine_bwd-gradient affine_fwd-shapes tanh_fwd-caches
"""
def affine_fwd(x, W, b):
    return np.array([[8.0, 27], [8, 36]]), ()

def affine_bwd(dout, cache):
    return np.array([[1.0, 4, 1], [0, 2, 1]]), np.array([[1.0, 6], [2, 9], [3, 12]]), np.array([1.0, 3])
