"""Two calls, on either side of the real axis.

replaces: hvp
"""
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    x, v = np.array(x, dtype=complex), np.array(v, dtype=complex)
    size = abs(v).sum()
    if size == 0:
        return np.zeros(len(v))
    step = 1e-20j / size * v
    return (grad(x + step) - grad(x - step)).imag * size / 2e-20
