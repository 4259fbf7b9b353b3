"""Compares the largest entry of the gradient with tol.

replaces: newton
fails: newton-damped
sometimes: newton-order newton-affine newton-not_convex
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.abs(g).max() > tol and len(trace) <= 200:
        w, V = np.linalg.eigh(hess(x))
        w = np.maximum(np.abs(w), 1e-10 * np.abs(w).max())
        p = -V @ ((V.T @ g) / w)
        f0, slope, t = orc.f(x), g @ p, 1.0
        while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope and t > 1e-20:
            t /= 2
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
