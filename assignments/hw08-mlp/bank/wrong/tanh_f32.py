"""Computes in float32 (mutant f32).

replaces: tanh_fwd
fails: tanh_bwd-gradient tanh_fwd-caches relu_fwd-by_hand
"""
def tanh_fwd(z):
    """tanh(z) for each entry: returns a and a cache."""
    a = np.tanh(z.astype(np.float32))
    return a, (a,)
