"""A sketch of numbers between 0 and 1: all its columns look in one direction.

replaces: rsvd
fails: rsvd-mean_zero
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(rng.random((A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
