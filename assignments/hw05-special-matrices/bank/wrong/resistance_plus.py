"""The wrong sign of the mixed term.

replaces: effective_resistance
fails: effective_resistance-by_hand effective_resistance-values effective_resistance-pieces
"""
def effective_resistance(W):
    L = laplacian(W)
    P, n = np.linalg.pinv(L, hermitian=True), len(L)
    d = np.diag(P)
    joined = np.eye(n) - L @ P > 0.5 / n
    R = np.where(joined, d[:, None] + d + 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
