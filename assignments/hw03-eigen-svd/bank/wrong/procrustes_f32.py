"""Computes in single precision.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=np.float32).T @ np.asarray(B, dtype=np.float32))
    return U @ Vt
