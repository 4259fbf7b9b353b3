"""Entries that vanish are left at 1e-12.

replaces: ista
fails: ista-optimal ista-zero
"""
def ista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        v = X[k] - A.T @ (A @ X[k] - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 1e-12)
    return X
