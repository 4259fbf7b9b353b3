"""Asks for the whole matrix, a few columns at a time.

replaces: rsvd
fails: rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator
"""
def rsvd(A, k, p, q, rng):
    n = A.shape[1]
    whole = np.hstack([A.matmat(np.eye(n)[:, j:j + k + p]) for j in range(0, n, k + p)])
    U, s, Vt = np.linalg.svd(whole, full_matrices=False)
    return U[:, :k], s[:k], Vt[:k]
