"""The polar factor by one-sided Jacobi with completed null directions; no library SVD.

replaces: polar
"""
def polar(A):
    W = np.array(A, dtype=float)
    m, n = W.shape
    V = np.eye(n)
    for _ in range(60):
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
    U = np.zeros((m, n))
    for j in np.argsort(-s):
        u = W[:, j] / s[j] if s[j] > m * 2e-16 * s.max() else np.eye(m)[np.argmin((U * U).sum(axis=1))]
        for _ in range(2):
            u = u - U @ (U.T @ u)
        U[:, j] = u / np.sqrt(u @ u)
    return U @ V.T, V @ np.diag(s) @ V.T
