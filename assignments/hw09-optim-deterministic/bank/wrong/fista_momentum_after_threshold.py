"""Returns the points ahead, whose zeros are not exact.

replaces: fista
fails: fista-by_hand fista-optimal fista-bound
"""
def fista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    Y = np.zeros((steps + 1, A.shape[1]))
    x = Y[0]
    for k in range(steps):
        v = Y[k] - A.T @ (A @ Y[k] - b) / L
        new = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
        Y[k + 1], x = new + k / (k + 3) * (new - x) + 1e-9, new
    return Y
