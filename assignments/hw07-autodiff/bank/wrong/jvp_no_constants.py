"""Expects a Dual from every f.

replaces: jvp
fails: jvp-slope jvp-confusion
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, in one call of f: returns value, slope."""
    # Start f with Duals that no other jvp knows, such as those of a new level.
    # What comes back and does not know them either is a constant.
    level = next(LEVELS)
    y = f([Dual(a, b, level) for a, b in zip(x, v)])
    return y.val, y.eps


LEVELS = itertools.count(1)
