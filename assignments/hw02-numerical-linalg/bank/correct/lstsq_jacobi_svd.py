"""Turns the columns of A until they are orthogonal: a singular value decomposition by hand.

replaces: lstsq
"""
def lstsq(A, b):
    U, b = np.array(A, dtype=float), np.array(b, dtype=float)
    m, n = U.shape
    if m < n:
        raise ValueError("wide")
    V = np.eye(n)
    for _ in range(40):
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                a, c, d = U[:, p] @ U[:, p], U[:, q] @ U[:, q], U[:, p] @ U[:, q]
                if abs(d) <= 1e-16 * np.sqrt(a * c):
                    continue
                moved = True
                z = (c - a) / (2 * d)
                t = np.copysign(1, z) / (abs(z) + np.hypot(1, z))
                J = np.array([[1, t], [-t, 1]]) / np.hypot(1, t)
                U[:, [p, q]], V[:, [p, q]] = U[:, [p, q]] @ J, V[:, [p, q]] @ J
        if not moved:
            break
    s = np.sqrt((U * U).sum(axis=0))
    if s.min() <= 1e-12 * s.max():
        raise ValueError("dependent columns")
    return V @ ((U / s).T @ b / (s if b.ndim == 1 else s[:, None]))
