"""A difference quotient of f.

replaces: jvp
fails: jvp-slope jvp-confusion jvp-habits
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, by a difference quotient."""
    def value(t):
        y = f([Dual(a + t * b, 0.0) for a, b in zip(x, v)])
        return y.val if isinstance(y, Dual) else y

    return value(0.0), (value(1e-6) - value(-1e-6)) / 2e-6
