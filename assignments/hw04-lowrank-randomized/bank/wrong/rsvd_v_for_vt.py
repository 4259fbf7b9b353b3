"""Returns V in place of its transpose.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k].T
