"""Halves of the eigenvectors of [[0, A], [A.T, 0]]: orthonormal to eps times the condition number only.

replaces: svd_thin
fails: svd_thin-small_values svd_thin-rank_deficient
"""
def symmetric_jacobi(M):
    n = len(M)
    V, tiny = np.eye(n), 1e-17 * np.abs(M).max()
    for _ in range(40):
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                if abs(M[p, q]) <= tiny:
                    continue
                moved = True
                angle = 0.5 * np.arctan2(2 * M[p, q], M[q, q] - M[p, p])
                if abs(angle) > np.pi / 4:
                    angle -= np.copysign(np.pi / 2, angle)
                turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
                M[:, [p, q]] = M[:, [p, q]] @ turn
                M[[p, q]] = turn.T @ M[[p, q]]
                V[:, [p, q]] = V[:, [p, q]] @ turn
        if not moved:
            break
    return np.diag(M), V


def svd_thin(A):
    A = np.array(A, dtype=float)
    m, n = A.shape
    if m < n:
        U, s, Vt = svd_thin(A.T)
        return Vt.T, s, U.T
    w, Z = symmetric_jacobi(np.block([[np.zeros((m, m)), A], [A.T, np.zeros((n, n))]]))
    order = np.argsort(-w)[:n]
    U, V = Z[:m, order], Z[m:, order]
    U, V = U / np.sqrt((U * U).sum(axis=0)), V / np.sqrt((V * V).sum(axis=0))
    return U, np.maximum(w[order], 0.0), V.T
