"""Takes Q for U and forgets to turn it.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-edges
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return Q[:, :k], s[:k], Vt[:k]
