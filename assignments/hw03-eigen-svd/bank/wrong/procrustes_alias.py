"""Scales the caller's points in place.

replaces: procrustes
fails: procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    A = np.asarray(A, dtype=float)
    A /= np.abs(A).max()
    U, s, Vt = np.linalg.svd(A.T @ np.asarray(B, dtype=float))
    return U @ Vt
