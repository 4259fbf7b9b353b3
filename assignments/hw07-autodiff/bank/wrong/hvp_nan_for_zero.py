"""Divides by the length of v, zero or not.

replaces: hvp
fails: hvp-exact hvp-scale
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    h = 1e-30 / np.max(np.abs(v))
    slope = grad(np.asarray(x, dtype=float) + 1j * h * np.asarray(v, dtype=float))
    return np.imag(slope) / h
