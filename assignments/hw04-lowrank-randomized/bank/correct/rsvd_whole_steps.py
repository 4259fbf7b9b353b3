"""A new basis after there and back, from an orthonormal sketch.

replaces: rsvd
"""
def rsvd(A, k, p, q, rng):
    sketch, _ = np.linalg.qr(rng.standard_normal((A.shape[1], k + p)))
    Q, _ = np.linalg.qr(A.matmat(sketch))
    for _ in range(q):
        Q, _ = np.linalg.qr(A.matmat(A.rmatmat(Q)))
    W, R = np.linalg.qr(A.rmatmat(Q))
    U, s, Vt = np.linalg.svd(R.T)
    return Q @ U[:, :k], s[:k], Vt[:k] @ W.T
