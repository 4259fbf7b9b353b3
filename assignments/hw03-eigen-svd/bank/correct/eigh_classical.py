"""Classical Jacobi: always the largest entry beside the diagonal, angle by arctan2, last signs flipped.

replaces: eigh_jacobi
"""
def eigh_jacobi(A):
    M = np.asarray(A).astype(np.float64)
    if M.ndim != 2 or M.shape[0] != M.shape[1] or np.any(np.abs(M - M.T) > 1e-10 * np.max(np.abs(M))):
        raise ValueError(f"not symmetric: {M.shape}")
    n = M.shape[0]
    V, stop = np.identity(n), 1e-16 * np.max(np.abs(M)) / n
    for _ in range(20 * n * n + 1):
        beside = np.abs(np.triu(M, 1))
        p, q = np.unravel_index(np.argmax(beside), beside.shape)
        if beside[p, q] <= stop:
            break
        angle = 0.5 * np.arctan2(2 * M[p, q], M[q, q] - M[p, p])
        if abs(angle) > np.pi / 4:
            angle -= np.copysign(np.pi / 2, angle)
        c, s = np.cos(angle), np.sin(angle)
        for X in (M, M.T, V):
            xp, xq = X[:, p].copy(), X[:, q].copy()
            X[:, p], X[:, q] = c * xp - s * xq, s * xp + c * xq
    w = np.diagonal(M)
    order = sorted(range(n), key=lambda i: w[i])
    V = V[:, order]
    V[:, -1] *= -1
    return np.array([w[i] for i in order]), V
