"""Does not stop: with no limit, it waits for a gradient that is exactly zero.

replaces: newton
fails: newton-by_hand newton-order newton-affine newton-damped newton-not_convex newton-habits
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while True:
        w, V = np.linalg.eigh(hess(x))
        w = np.maximum(np.abs(w), 1e-10 * np.abs(w).max())
        x = x - V @ ((V.T @ g) / w)
        g = orc.g(x)
        if len(trace) < 50:
            trace.append(x)
        if np.linalg.norm(g) < 0:
            return x.copy(), np.array(trace)
