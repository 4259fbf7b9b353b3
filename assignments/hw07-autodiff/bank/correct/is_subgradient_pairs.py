"""Opposite directions in pairs, axes, and three distances.

replaces: is_subgradient
"""
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    x, g = np.asarray(x, dtype=float), np.asarray(g, dtype=float)
    base = f(x)
    for u in rng.normal(size=(160, *x.shape)):
        for t in (-0.05, 0.05, 1e-3, -1e-3, 2.0):
            gap = f(x + t * u) - base - t * np.vdot(g, u)
            if gap < -1e-8 * (1 + abs(base)):
                return False
    return True
