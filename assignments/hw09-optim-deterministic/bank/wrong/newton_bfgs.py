"""BFGS: superlinear, and not affine from the start.

replaces: newton
fails: newton-by_hand newton-order newton-affine
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g, B = [x], orc.g(x), np.eye(len(x0))
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        p = -B @ g
        f0, slope, t = orc.f(x), g @ p, 1.0
        while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope and t > 1e-20:
            t /= 2
        s, before = t * p, g
        x = x + s
        g = orc.g(x)
        y = g - before
        if s @ y > 1e-12 * (s @ s):
            E = np.eye(len(x)) - np.outer(s, y) / (s @ y)
            B = E @ B @ E.T + np.outer(s, s) / (s @ y)
        trace.append(x)
    return x.copy(), np.array(trace)
