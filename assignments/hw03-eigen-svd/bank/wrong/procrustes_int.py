"""Puts the result into an array of the type of A, so whole numbers stay whole.

replaces: procrustes
fails: procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float).T @ np.asarray(B, dtype=float))
    Q = np.zeros_like(A, shape=U.shape)
    Q[:] = U @ Vt
    return Q + 0.0
