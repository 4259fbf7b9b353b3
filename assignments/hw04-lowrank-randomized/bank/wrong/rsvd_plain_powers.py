"""Powers without a new basis: only the largest directions survive the rounding.

replaces: rsvd
fails: rsvd-stable
"""
def rsvd(A, k, p, q, rng):
    Y = A.matmat(rng.normal(size=(A.shape[1], k + p)))
    for _ in range(q):
        Y = A.matmat(A.rmatmat(Y))
    Q, _ = np.linalg.qr(Y)
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
