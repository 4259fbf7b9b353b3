"""Divides by the moduli of the eigenvalues, also where one is zero.

replaces: newton
fails: newton-not_convex
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        w, V = np.linalg.eigh(hess(x))
        p = -V @ ((V.T @ g) / np.abs(w))
        f0, slope, t = orc.f(x), g @ p, 1.0
        while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope and t > 1e-20:
            t /= 2
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
