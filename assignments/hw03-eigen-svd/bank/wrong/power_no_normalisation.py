"""Multiplies on and on and divides by the length only at the end: over- and underflow.

replaces: power_method
fails: power_method-scale
"""
def power_method(A, x0, tol, maxit):
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0

    y = np.array(x0, dtype=float)
    for k in range(1, maxit + 1):
        z = A.matvec(y)
        v, w = y / length(y), z / length(y)
        lam = float(v @ w)
        converged = bool(length(w - lam * v) <= tol * abs(lam))
        if converged or k == maxit:
            return lam, v, k, converged
        y = z
