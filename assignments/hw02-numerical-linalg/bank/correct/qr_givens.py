"""Rotations in pairs of rows (Givens), from the bottom up.

replaces: qr
"""
def qr(A):
    R = np.array(A, dtype=np.result_type(A, float))
    m, n = R.shape
    Q = np.eye(m, dtype=R.dtype)
    for j in range(n):
        for i in range(m - 1, j, -1):
            a, b = R[i - 1, j], R[i, j]
            if b == 0:
                continue
            size = np.hypot(abs(a), abs(b))
            G = np.array([[np.conj(a), np.conj(b)], [-b, a]]) / size
            R[i - 1:i + 1] = G @ R[i - 1:i + 1]
            Q[:, i - 1:i + 1] = Q[:, i - 1:i + 1] @ G.conj().T
    return Q[:, :n].copy(), np.triu(R[:n])
