"""Takes the value nearest to zero for the smallest.

replaces: subgradient
fails: subgradient-best subgradient-polyak
"""
def subgradient(orc, x0, steps, R, f_star=None):
    x = np.array(x0, dtype=float)
    best, value = x, np.inf
    for _ in range(steps):
        f, g = orc.f(x), orc.g(x)
        if abs(f) < abs(value):
            best, value = x, f
        length = np.linalg.norm(g)
        if length == 0:
            break
        x = x - (R / np.sqrt(steps) / length if f_star is None else (f - f_star) / length**2) * g
    return best.copy(), float(value)
