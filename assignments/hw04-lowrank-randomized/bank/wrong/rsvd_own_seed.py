"""Draws from a generator with a seed of its own.

replaces: rsvd
fails: rsvd-generator
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(np.random.default_rng(0).normal(size=(A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
