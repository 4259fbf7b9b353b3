"""Gives the operator to np.linalg.svd.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator rsvd-mean_zero
    rsvd-habits
"""
def rsvd(A, k, p, q, rng):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k], s[:k], Vt[:k]
