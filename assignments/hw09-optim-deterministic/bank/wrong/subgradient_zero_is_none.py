"""Takes a minimum of zero for one that is not given.

replaces: subgradient
fails: subgradient-polyak
"""
def subgradient(orc, x0, steps, R, f_star=None):
    x = np.array(x0, dtype=float)
    best, value = x, np.inf
    for _ in range(steps):
        f, g = orc.f(x), orc.g(x)
        if f < value:
            best, value = x, f
        length = np.linalg.norm(g)
        if length == 0:
            break
        x = x - ((f - f_star) / length**2 if f_star else R / np.sqrt(steps) / length) * g
    return best.copy(), float(value)
