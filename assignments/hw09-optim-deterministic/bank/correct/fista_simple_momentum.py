"""beta = k / (k + 3).

replaces: fista
"""
def fista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        y = X[k] + k / (k + 3) * (X[k] - X[max(k - 1, 0)])
        v = y - A.T @ (A @ y - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
    return X
