"""A one-sided difference quotient.

replaces: hvp
fails: hvp-exact hvp-product hvp-by_hand hvp-calls hvp-scale
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    h = 1e-4 / (np.max(np.abs(v)) or 1.0)
    return (grad(x + h * v) - grad(x + 0 * v)) / h
