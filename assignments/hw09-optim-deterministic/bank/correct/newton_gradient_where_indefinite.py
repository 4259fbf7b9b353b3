"""Takes the negative gradient where the Hessian is not positive definite.

replaces: newton
"""
def newton(orc, hess, x0, tol):
    x = np.array(x0, dtype=float)
    trace = [x]
    while len(trace) <= 200:
        g = orc.g(x)
        if np.linalg.norm(g) <= tol:
            break
        H = hess(x)
        try:
            np.linalg.cholesky(H)
            p = -np.linalg.solve(H, g)
        except np.linalg.LinAlgError:
            p = -g
        t, here, slope = 1.0, orc.f(x), g @ p
        while not orc.f(x + t * p) <= here + 1e-4 * t * slope:
            t *= 0.5
        x = x + t * p
        trace.append(x)
    return trace[-1].copy(), np.vstack(trace)
