"""Mixes a fixed pseudo-random part into the start, so that no direction is left out.

replaces: power_method
"""
def power_method(A, x0, tol, maxit):
    def unit(x):
        x = x / np.abs(x).max()
        return x / np.sqrt((x * x).sum())

    v = unit(unit(np.array(x0, dtype=float)) + 1e-2 * np.random.default_rng(7).normal(size=A.shape[0]))
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        top = np.abs(w).max()
        lam = top * (v @ (w / top))
        r = (w - lam * v) / top
        done = bool(np.sqrt(r @ r) <= tol * abs(lam) / top)
        if done or k == maxit:
            return float(lam), v, k, done
        v = unit(w)
