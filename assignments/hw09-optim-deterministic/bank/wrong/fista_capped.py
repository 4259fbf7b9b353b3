"""Lets the momentum grow to 0.9 only.

replaces: fista
fails: fista-bound
"""
def fista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        y = X[k] + min(k / (k + 3), 0.9) * (X[k] - X[max(k - 1, 0)])
        v = y - A.T @ (A @ y - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
    return X
