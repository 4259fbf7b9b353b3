"""Solves A Q = B by least squares: the smallest distance, but no rotation.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    return np.linalg.lstsq(np.asarray(A, dtype=float), np.asarray(B, dtype=float), rcond=None)[0]
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float).T @ np.asarray(B, dtype=float))
    return U @ Vt
