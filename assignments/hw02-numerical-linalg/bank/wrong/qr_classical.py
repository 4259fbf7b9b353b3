"""Gram and Schmidt's formula, once.

replaces: qr
fails: qr-stable qr-edges
"""
def qr(A):
    A = np.array(A, dtype=np.result_type(A, float))
    m, n = A.shape
    Q, R = np.zeros_like(A), np.zeros((n, n), A.dtype)
    for j in range(n):
        v = A[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i].conj() @ A[:, j]
            v -= R[i, j] * Q[:, i]
        R[j, j] = np.sqrt(np.sum(np.abs(v) ** 2))
        Q[:, j] = v / R[j, j]
    return Q, R
