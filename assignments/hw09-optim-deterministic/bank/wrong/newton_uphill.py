"""Walks along the inverse Hessian times the gradient.

replaces: newton
fails: newton-by_hand newton-order newton-affine newton-damped newton-not_convex
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        p = np.linalg.lstsq(hess(x), g, rcond=None)[0]
        t = 1.0
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
