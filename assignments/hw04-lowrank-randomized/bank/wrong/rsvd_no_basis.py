"""Uses the sketch itself, not an orthonormal basis of it.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges
"""
def rsvd(A, k, p, q, rng):
    Y = A.matmat(rng.normal(size=(A.shape[1], k + p)))
    Y = Y / np.linalg.norm(Y, axis=0)
    for _ in range(q):
        Y = A.matmat(A.rmatmat(Y))
        Y = Y / np.linalg.norm(Y, axis=0)
    U, s, Vt = np.linalg.svd(A.rmatmat(Y).T, full_matrices=False)
    return (Y @ U)[:, :k], s[:k], Vt[:k]
