"""Asks for more descent than Armijo's c = 1e-4.

replaces: newton
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        w, V = np.linalg.eigh(hess(x))
        w = np.maximum(np.abs(w), 1e-12 * np.abs(w).max())
        p = -V @ ((V.T @ g) / w)
        start, t = orc.f(x), 1.0
        while t > 1e-20 and not orc.f(x + t * p) <= start + 0.4 * t * (g @ p):
            t /= 2
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
