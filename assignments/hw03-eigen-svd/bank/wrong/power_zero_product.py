"""Divides by the length of A v before looking at the residual: a zero product gives nan.

replaces: power_method
fails: power_method-start
"""
def power_method(A, x0, tol, maxit):
    """Dominant eigenpair by products with A alone: returns lam, v (n,), k, converged."""
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        nearly = w / np.abs(w).max()
        lam = float(v @ nearly * np.abs(w).max())
        converged = bool(length(w - lam * v) <= tol * abs(lam))
        if converged or k == maxit:
            return lam, v, k, converged
        v = w / length(w)
