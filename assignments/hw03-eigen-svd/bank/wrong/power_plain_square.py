"""Squares before dividing by the largest entry: 1e-200 becomes zero.

replaces: power_method
fails: power_method-scale
"""
def power_method(A, x0, tol, maxit):
    """Dominant eigenpair by products with A alone: returns lam, v (n,), k, converged."""
    def length(x):
        return np.sqrt(x @ x)

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        lam = float(v @ w)
        converged = bool(length(w - lam * v) <= tol * abs(lam))
        if converged or k == maxit:
            return lam, v, k, converged
        v = w / length(w)
