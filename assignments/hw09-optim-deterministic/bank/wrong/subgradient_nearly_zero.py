"""Stops where the sub-gradient is shorter than 1e-3.

replaces: subgradient
fails: subgradient-steps
"""
def subgradient(orc, x0, steps, R, f_star=None):
    x = np.array(x0, dtype=float)
    best, value = x, np.inf
    for _ in range(steps):
        f, g = orc.f(x), orc.g(x)
        if f < value:
            best, value = x, f
        length = np.linalg.norm(g)
        if length < 1e-3:
            break
        x = x - (R / np.sqrt(steps) / length if f_star is None else (f - f_star) / length**2) * g
    return best.copy(), float(value)
