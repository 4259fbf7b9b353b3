"""The complex step without a look at the length of v: nothing cancels.

replaces: hvp
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    moved = np.asarray(x, dtype=float) + 1e-100j * np.asarray(v, dtype=float)
    return 1e100 * np.imag(grad(moved))
