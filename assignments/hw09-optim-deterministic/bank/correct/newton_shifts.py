"""Adds a growing multiple of the identity until Cholesky succeeds.

replaces: newton
"""
def newton(orc, hess, x0, tol):
    x = np.asarray(x0, dtype=float).copy()
    g, trace = orc.g(x), [x.copy()]
    for _ in range(200):
        if np.sqrt(g @ g) <= tol:
            break
        H, shift = np.array(hess(x), dtype=float), 0.0
        while True:
            try:
                C = np.linalg.cholesky(H + shift * np.eye(len(x)))
                break
            except np.linalg.LinAlgError:
                shift = max(2 * shift, 1e-3 * np.abs(H).max())
        p = -np.linalg.solve(C.T, np.linalg.solve(C, g))
        t = armijo(orc, x, p)
        x = x + t * p
        g = orc.g(x)
        trace.append(x.copy())
    return x, np.array(trace)
