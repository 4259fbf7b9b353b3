"""The threshold in three cases.

replaces: ista
"""
def ista(A, b, lam, steps):
    s = 1 / np.linalg.svd(A, compute_uv=False)[0] ** 2
    x = np.zeros(A.shape[1])
    X = [x]
    for _ in range(steps):
        v = x + s * (A.T @ (b - A @ x))
        x = np.where(v > s * lam, v - s * lam, np.where(v < -s * lam, v + s * lam, 0.0))
        X.append(x)
    return np.stack(X)
