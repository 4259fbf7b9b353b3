"""The level is the depth of nesting, which is put back even when f raises.

replaces: jvp
"""
def jvp(f, x, v):
    """f(x) and its derivative at x along v, in one call of f."""
    level = 1 + max([NESTED[-1], *(a.level for a in x if isinstance(a, Dual))])
    NESTED.append(level)
    try:
        y = f([Dual(x[i], v[i], level) for i in range(len(x))])
    finally:
        NESTED.pop()
    known = isinstance(y, Dual) and y.level == level
    return [y.val if known else y, y.eps if known else 0.0]


NESTED = [0]
