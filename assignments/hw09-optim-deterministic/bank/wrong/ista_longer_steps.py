"""A step size of 1.9 / L after the first step.

replaces: ista
fails: ista-bound
"""
def ista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        lr = 1.9 / L if k else 1 / L
        v = X[k] - lr * A.T @ (A @ X[k] - b)
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return X
