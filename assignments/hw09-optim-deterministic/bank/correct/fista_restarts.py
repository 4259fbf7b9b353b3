"""Forgets its momentum when it points against the last step.

replaces: fista
"""
def fista(A, b, lam, steps):
    L, n = np.linalg.norm(A, 2) ** 2, A.shape[1]
    x = y = np.zeros(n)
    X, t = [x], 1.0
    for _ in range(steps):
        v = y + A.T @ (b - A @ y) / L
        new = v - np.clip(v, -lam / L, lam / L)
        if (y - new) @ (new - x) > 0:
            t = 1.0
        after = 0.5 + np.sqrt(0.25 + t * t)
        y, x, t = new + (t - 1) / after * (new - x), new, after
        X.append(x)
    return np.array(X)
