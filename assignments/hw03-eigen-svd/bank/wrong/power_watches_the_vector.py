"""Stops when v stops moving: with a negative eigenvalue it changes sign for ever.

replaces: power_method
fails: power_method-negative
"""
def power_method(A, x0, tol, maxit):
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        lam = float(v @ w)
        new = w / length(w) if length(w) > 0 else v
        if length(new - v) <= tol / 4 or k == maxit:
            return lam, v, k, bool(length(new - v) <= tol / 4)
        v = new
