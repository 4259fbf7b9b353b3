"""Exchanges the points in an order drawn from the global random generator.

replaces: procrustes
fails: procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    order = np.random.permutation(len(A))
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float)[order].T @ np.asarray(B, dtype=float)[order])
    return U @ Vt
