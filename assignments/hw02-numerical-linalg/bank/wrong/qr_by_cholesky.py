"""R is the Cholesky factor of A^T A, Q is A R^-1.

replaces: qr
fails: qr-stable qr-edges
"""
def qr(A):
    A = np.array(A, dtype=np.result_type(A, float))
    n = A.shape[1]
    G = A.conj().T @ A
    R, Q = np.zeros((n, n), A.dtype), np.zeros_like(A)
    for i in range(n):
        R[i, i] = np.sqrt(G[i, i] - R[:i, i].conj() @ R[:i, i])
        R[i, i + 1:] = (G[i, i + 1:] - R[:i, i].conj() @ R[:i, i + 1:]) / R[i, i]
        Q[:, i] = (A[:, i] - Q[:, :i] @ R[:i, i]) / R[i, i]
    return Q, R
