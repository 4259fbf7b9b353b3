"""Always makes 100 steps and declares success.

replaces: power_method
fails: power_method-certificate power_method-honest
"""
def power_method(A, x0, tol, maxit):
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(100):
        w = A.matvec(v)
        lam = float(v @ w)
        if length(w) > 0:
            v = w / length(w)
    return lam, v, 100, True
