"""The direction becomes numbers, so that it cannot depend on an outer derivative.

replaces: jvp
fails: jvp-confusion
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, in one call of f: returns value, slope."""
    # Start f with Duals that no other jvp knows, such as those of a new level.
    # What comes back and does not know them either is a constant.
    level = next(LEVELS)
    y = f([Dual(a, float(b), level) for a, b in zip(x, v)])
    if isinstance(y, Dual) and y.level == level:
        return y.val, y.eps
    return y, 0.0


LEVELS = itertools.count(1)
