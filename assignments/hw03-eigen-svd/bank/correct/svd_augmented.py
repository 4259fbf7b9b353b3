"""Jacobi on [[0, A], [A.T, 0]], then the halves of the vectors made orthonormal again and A rotated into place.

replaces: svd_thin
"""
def complete(U, given):
    """Columns given ... of U are filled with an orthonormal rest."""
    for j in range(given, U.shape[1]):
        u = np.eye(len(U))[np.argmin((U * U).sum(axis=1))]
        for _ in range(2):
            u = u - U @ (U.T @ u)
        U[:, j] = u / np.sqrt(u @ u)
    return U


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
    V = np.zeros((n, n))
    kept = 0
    for j in np.argsort(-w)[:n]:
        v = Z[m:, j].copy()
        for _ in range(2):
            v = v - V @ (V.T @ v)
        if v @ v > 1e-6:
            V[:, kept] = v / np.sqrt(v @ v)
            kept += 1
    V = complete(V, kept)
    W = A @ V                               # nearly orthogonal columns: a few rotations make them so
    for _ in range(40):
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                a, b, c = W[:, p] @ W[:, p], W[:, q] @ W[:, q], W[:, p] @ W[:, q]
                if abs(c) <= 2e-16 * np.sqrt(a * b):
                    continue
                moved = True
                zeta = (b - a) / (2 * c)
                t = (1.0 if zeta >= 0 else -1.0) / (abs(zeta) + np.sqrt(1 + zeta * zeta))
                turn = np.array([[1.0, t], [-t, 1.0]]) / np.sqrt(1 + t * t)
                W[:, [p, q]], V[:, [p, q]] = W[:, [p, q]] @ turn, V[:, [p, q]] @ turn
        if not moved:
            break
    s = np.sqrt((W * W).sum(axis=0))
    order = np.argsort(-s)
    s, W, V = s[order], W[:, order], V[:, order]
    rank = int((s > m * 2e-16 * s[0]).sum())
    U = np.zeros((m, n))
    U[:, :rank] = W[:, :rank] / s[:rank]
    return complete(U, rank), s, V.T
