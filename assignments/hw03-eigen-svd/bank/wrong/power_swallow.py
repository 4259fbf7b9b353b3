"""Hides that A has no @ behind an except.

replaces: power_method
fails: power_method-by_hand power_method-certificate power_method-negative power_method-honest power_method-scale
    power_method-start power_method-habits
"""
def power_method(A, x0, tol, maxit):
    try:
        v = x0 / np.sqrt(x0 @ x0)
        for k in range(1, maxit + 1):
            w = A @ v
            lam = v @ w
            if np.sqrt(((w - lam * v) ** 2).sum()) <= tol * abs(lam):
                return lam, v, k, True
            v = w / np.sqrt(w @ w)
        return lam, v, maxit, False
    except Exception:
        pass
