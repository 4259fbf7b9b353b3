"""Takes half of the oversampling.

replaces: rsvd
fails: rsvd-accuracy
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p // 2))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
