"""A difference quotient with a step for every length of v: five digits, not eight.

replaces: hvp
fails: hvp-exact
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    h = 1e-5 / (np.max(np.abs(v)) or 1.0)
    return (grad(x + h * v) - grad(x - h * v)) / (2 * h)
