"""BFGS on standardised features, the gradient taken in the original ones.

replaces: fit_logistic
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    n, d = X.shape
    c = np.ones(n) if class_weight is None else np.take(class_weight, y.astype(int))
    c = c / np.sum(c)
    mean, spread = X.mean(axis=0), np.maximum(X.std(axis=0), 1e-12)
    back = np.vstack([np.column_stack([np.diag(1 / spread), np.zeros(d)]), np.append(-mean / spread, 1.0)])
    A = np.column_stack([X, np.ones(n)])

    def value_and_slope(u):
        t = back @ u
        z = A @ t
        g = A.T @ (c * (0.5 + 0.5 * np.tanh(z / 2) - y)) + lam * np.append(t[:d], 0)
        return c @ (np.logaddexp(0, z) - y * z) + lam / 2 * t[:d] @ t[:d], g

    u, H = np.zeros(d + 1), np.eye(d + 1)
    f, g = value_and_slope(u)
    for step in range(5000):
        length = np.linalg.norm(g)
        if length <= tol:
            break
        slope = back.T @ g
        p, a = -H @ slope, 1.0
        if p @ slope >= 0:
            H, p = np.eye(d + 1), -slope
        low, high = 0.0, np.inf
        for _ in range(60):                                 # bisection for the weak Wolfe conditions
            f_new, g_new = value_and_slope(u + a * p)
            if f_new > f + 1e-4 * a * (p @ slope) + 1e-15:
                high = a
            elif p @ back.T @ g_new < 0.9 * p @ slope:
                low = a
            else:
                break
            a = 2 * low if high == np.inf else (low + high) / 2
        s, r = a * p, back.T @ g_new - slope
        if s @ r > 1e-300:
            rho = 1 / (s @ r)
            V = np.eye(d + 1) - rho * np.outer(s, r)
            H = V @ H @ V.T + rho * np.outer(s, s)
        u, f, g = u + s, f_new, g_new
    t = back @ u
    return t[:d], float(t[d]), dict(gradient_norm=float(length), iterations=step)
