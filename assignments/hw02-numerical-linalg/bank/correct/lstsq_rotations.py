"""Rotations of the rows of A and b together; Q is never formed.

replaces: lstsq
"""
def lstsq(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    (m, n), shape = A.shape, b.shape
    if m < n:
        raise ValueError("more unknowns than equations")
    T = np.hstack([A, b.reshape(m, -1)])
    for j in range(n):
        for i in range(j + 1, m):
            size = np.hypot(T[j, j], T[i, j])
            if size:
                c, s = T[j, j] / size, T[i, j] / size
                T[[j, i]] = np.array([[c, s], [-s, c]]) @ T[[j, i]]
    pivots = np.abs(np.diag(T[:n, :n]))
    if pivots.min() <= 1e-13 * pivots.max():
        raise ValueError("dependent columns")
    X = T[:n, n:].copy()
    for i in reversed(range(n)):
        X[i] /= T[i, i]
        X[:i] -= np.outer(T[:i, i], X[i])
    return X.reshape(n, *shape[1:])
