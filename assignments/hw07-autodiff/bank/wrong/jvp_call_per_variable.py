"""Calls f once for every variable and adds up.

replaces: jvp
fails: jvp-slope
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, one variable after the other."""
    slope, value = 0.0, None
    for i, direction in enumerate(v):
        level = next(LEVELS)
        y = f([Dual(a, 1.0 if i == j else 0.0, level) for j, a in enumerate(x)])
        own = isinstance(y, Dual) and y.level == level
        value, slope = (y.val, slope + direction * y.eps) if own else (y, slope)
    return value, slope


LEVELS = itertools.count(1)
