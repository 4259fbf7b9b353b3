"""Weights are taken for resistances.

replaces: effective_resistance
fails: effective_resistance-by_hand effective_resistance-values effective_resistance-pieces
"""
def effective_resistance(W):
    W = np.asarray(W, dtype=float)
    L = laplacian(np.divide(1.0, W, out=np.zeros_like(W), where=W > 0))
    P, n = np.linalg.pinv(L, hermitian=True), len(L)
    d = np.diag(P)
    joined = np.eye(n) - L @ P > 0.5 / n
    R = np.where(joined, d[:, None] + d - 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
