"""Looks ahead, and back where the value would rise: fista that descends.

replaces: ista
fails: ista-bound
"""
def ista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    F = lambda x: np.sum((A @ x - b) ** 2) / 2 + lam * np.abs(x).sum()
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        for y in (X[k] + k / (k + 3) * (X[k] - X[max(k - 1, 0)]), X[k]):
            v = y - A.T @ (A @ y - b) / L
            X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
            if F(X[k + 1]) <= F(X[k]):
                break
    return X
