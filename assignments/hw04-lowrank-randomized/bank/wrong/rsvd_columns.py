"""Takes some columns of A for the sketch.

replaces: rsvd
fails: rsvd-accuracy
"""
def rsvd(A, k, p, q, rng):
    Q, _ = np.linalg.qr(A.matmat(np.eye(A.shape[1])[:, rng.permutation(A.shape[1])[:k + p]]))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
