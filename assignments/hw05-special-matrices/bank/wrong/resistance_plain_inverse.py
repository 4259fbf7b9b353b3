"""Inverts a singular matrix.

replaces: effective_resistance
fails: effective_resistance-by_hand effective_resistance-values effective_resistance-pieces
"""
def effective_resistance(W):
    L = laplacian(W)
    P, n = np.linalg.inv(L + 1e-14 * np.eye(len(L))), len(L)
    d = np.diag(P)
    joined = np.eye(n) - L @ P > 0.5 / n
    R = np.where(joined, d[:, None] + d - 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
