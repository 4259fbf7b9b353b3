"""Takes the later one of two equally good points.

replaces: subgradient
"""
def subgradient(orc, x0, steps, R, f_star=None):
    x, value = np.array(x0, dtype=float), np.inf
    for _ in range(steps):
        f, g = orc.f(x), orc.g(x)
        if f <= value:
            best, value = x.copy(), f
        length = np.sqrt(np.sum(g * g))
        if not length > 0:
            break
        step = R / steps**0.5 if f_star is None else (f - f_star) / length
        x = x - step * (g / length)
    return best, value
