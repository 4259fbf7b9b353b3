"""No momentum.

replaces: fista
fails: fista-bound
"""
def fista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    y = X[0]
    for k in range(steps):
        v = y - A.T @ (A @ y - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
        y = X[k + 1]
    return X
