"""inf where there is no edge.

replaces: effective_resistance
fails: effective_resistance-by_hand effective_resistance-values effective_resistance-pieces
    effective_resistance-habits
"""
def effective_resistance(W):
    L = laplacian(W)
    P, n = np.linalg.pinv(L, hermitian=True), len(L)
    d = np.diag(P)
    joined = L != 0
    R = np.where(joined, d[:, None] + d - 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
