"""Asks once more for each power step, to look whether it has converged.

replaces: rsvd
fails: rsvd-products
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
        change = np.linalg.norm(A.matmat(Z) - Q @ (Q.T @ A.matmat(Z)))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
