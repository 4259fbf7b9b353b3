"""A finite number between pieces.

replaces: effective_resistance
fails: effective_resistance-pieces
"""
def effective_resistance(W):
    L = laplacian(W)
    P, n = np.linalg.pinv(L, hermitian=True), len(L)
    d = np.diag(P)
    joined = np.eye(n) - L @ P > 0.5 / n
    R = d[:, None] + d - 2 * P
    np.fill_diagonal(R, 0.0)
    return R
