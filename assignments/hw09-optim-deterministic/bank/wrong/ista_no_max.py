"""Shrinks small entries through zero.

replaces: ista
fails: ista-by_hand ista-optimal ista-bound ista-zero
"""
def ista(A, b, lam, steps):
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        v = X[k] - A.T @ (A @ X[k] - b) / L
        X[k + 1] = v - lam / L * np.sign(v)
    return X
