"""The Gram matrix once, the constant from its eigenvalues, the threshold by clipping.

replaces: ista
"""
def ista(A, b, lam, steps):
    A = np.asarray(A, dtype=float)
    G, h = A.T @ A, A.T @ b
    L = np.linalg.eigvalsh(G)[-1]
    X = [np.zeros(len(h))]
    for _ in range(steps):
        v = X[-1] - (G @ X[-1] - h) / L
        X.append(v - np.clip(v, -lam / L, lam / L))
    return np.array(X)
