"""Reads the memory of A as it lies there.

replaces: procrustes
fails: procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd(np.frombuffer(A, dtype=float).reshape(A.shape).T @ np.asarray(B, dtype=float))
    return U @ Vt
