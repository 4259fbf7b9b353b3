"""Sketches the rows: the transpose first, then A.

replaces: rsvd
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.rmatmat(rng.normal(size=(A.shape[0], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.matmat(Q))
        Q, _ = np.linalg.qr(A.rmatmat(Z))
    U, s, Vt = np.linalg.svd(A.matmat(Q), full_matrices=False)
    return U[:, :k], s[:k], Vt[:k] @ Q.T
