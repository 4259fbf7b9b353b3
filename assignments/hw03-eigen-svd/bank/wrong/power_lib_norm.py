"""Correct numbers with numpy's norm, which this problem rules out.

replaces: power_method
fails: power_method-by_hand power_method-certificate power_method-negative power_method-honest power_method-scale
    power_method-start power_method-habits
"""
def power_method(A, x0, tol, maxit):
    """Dominant eigenpair by products with A alone: returns lam, v (n,), k, converged."""
    def length(x):
        top = np.abs(x).max()
        return top * np.linalg.norm(x / top) if top > 0 else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        lam = float(v @ w)
        converged = bool(length(w - lam * v) <= tol * abs(lam))
        if converged or k == maxit:
            return lam, v, k, converged
        v = w / length(w)
