"""Asks for the whole matrix with one block.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator
"""
def rsvd(A, k, p, q, rng):
    U, s, Vt = np.linalg.svd(A.matmat(np.eye(A.shape[1])), full_matrices=False)
    return U[:, :k], s[:k], Vt[:k]
