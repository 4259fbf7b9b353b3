"""Forms the Hessian column by column.

replaces: hvp
fails: hvp-calls
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    H = [np.imag(grad(x + 1e-30j * e)) / 1e-30 for e in np.eye(len(x))]
    return np.array(H).T @ v
