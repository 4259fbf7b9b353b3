"""Completes U where a singular value is below 1e-8, whatever the size of A.

replaces: svd_thin
fails: svd_thin-small_values
"""
def svd_thin(A):
    """Thin SVD of A (m, n): returns U (m, r), s (r,), Vt (r, n) with r = min(m, n)."""
    # One way: reduce the wide case to the tall one, rotate, read off s, sort;
    # then complete U where s is zero.
    A = np.array(A, dtype=float)
    m, n = A.shape
    if m < n:
        U, s, Vt = svd_thin(A.T)
        return Vt.T, s, U.T
    eps = np.finfo(float).eps
    V, moved = np.eye(n), True
    for sweep in range(60):
        if not moved:
            break
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                a, b, c = A[:, p] @ A[:, p], A[:, q] @ A[:, q], A[:, p] @ A[:, q]
                if abs(c) <= eps * np.sqrt(a * b):
                    continue
                moved = True
                zeta = (b - a) / (2 * c)
                t = np.copysign(1.0, zeta) / (abs(zeta) + np.hypot(1.0, zeta))
                turn = np.array([[1.0, t], [-t, 1.0]]) / np.hypot(1.0, t)
                A[:, [p, q]] = A[:, [p, q]] @ turn
                V[:, [p, q]] = V[:, [p, q]] @ turn
    s = np.sqrt((A * A).sum(axis=0))
    order = np.argsort(-s)
    s, A, V = s[order], A[:, order], V[:, order]
    U = np.zeros((m, n))
    for j in range(n):
        if s[j] > 1e-8:
            U[:, j] = A[:, j] / s[j]
        else:                               # A has no direction left: take any orthogonal one
            u = np.eye(m)[np.argmin((U * U).sum(axis=1))]
            for _ in range(2):              # twice is enough
                u = u - U @ (U.T @ u)
            U[:, j] = u / np.sqrt(u @ u)
    return U, s, V.T
