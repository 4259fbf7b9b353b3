"""Minimises |A x - b|^2 without the half.

replaces: ista
fails: ista-by_hand ista-optimal ista-bound ista-zero
"""
def ista(A, b, lam, steps):
    L = 2 * np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        v = X[k] - 2 * A.T @ (A @ X[k] - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
    return X
