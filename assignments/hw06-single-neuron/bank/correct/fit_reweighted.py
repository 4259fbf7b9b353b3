"""Iteratively reweighted least squares: each step a least-squares problem.

replaces: fit_logistic
"""
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    n, d = X.shape
    c0, c1 = (1.0, 1.0) if class_weight is None else class_weight
    c = c1 * y + c0 * (1 - y)
    c /= c.sum()
    A = np.hstack([np.ones((n, 1)), X])
    ridge = np.sqrt(lam) * np.eye(d + 1)[1:]
    F = lambda t: c @ np.logaddexp(0, (1 - 2 * y) * (A @ t)) + lam / 2 * t[1:] @ t[1:]
    t, steps = np.zeros(d + 1), 0
    while True:
        z = A @ t
        q = np.exp(-np.logaddexp(0, -(1 - 2 * y) * z))              # the probability of the wrong label
        g = A.T @ (c * (1 - 2 * y) * q) + np.append(0, lam * t[1:])
        norm = math.sqrt(g @ g)
        if norm <= tol or steps == 100:
            return t[1:], t[0], {"gradient_norm": norm, "steps": steps}
        h = np.sqrt(c * q * (1 - q)) + 1e-30
        left, right = np.vstack([h[:, None] * A, ridge]), np.append(-c * (1 - 2 * y) * q / h, -np.sqrt(lam) * t[1:])
        move, factor = np.linalg.lstsq(left, right, rcond=None)[0], 1.0
        while F(t + factor * move) > F(t) + 1e-14 and factor > 1e-10:
            factor /= 2
        t, steps = t + factor * move, steps + 1
