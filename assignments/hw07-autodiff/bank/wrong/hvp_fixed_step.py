"""A difference quotient whose step ignores the length of v.

replaces: hvp
fails: hvp-exact hvp-scale hvp-habits
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    h = 1e-5
    return (grad(x + h * v) - grad(x - h * v)) / (2 * h)
