"""Starts with slope 1 in every variable.

replaces: jvp
fails: jvp-slope jvp-by_hand jvp-confusion
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, in one call of f: returns value, slope."""
    # Start f with Duals that no other jvp knows, such as those of a new level.
    # What comes back and does not know them either is a constant.
    level = next(LEVELS)
    y = f([Dual(a, 1.0, level) for a in x])
    if isinstance(y, Dual) and y.level == level:
        return y.val, y.eps
    return y, 0.0


LEVELS = itertools.count(1)
