"""Takes eigenvalues below 1e-8 for zero.

replaces: effective_resistance
fails: effective_resistance-values
"""
def effective_resistance(W):
    L = laplacian(W)
    w, V = np.linalg.eigh(L)
    P, n = (V * np.where(w > 1e-8, 1 / np.where(w > 1e-8, w, 1.0), 0.0)) @ V.T, len(L)
    d = np.diag(P)
    R = np.where(np.eye(n) - L @ P > 0.5 / n, d[:, None] + d - 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
