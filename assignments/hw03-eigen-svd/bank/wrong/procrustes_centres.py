"""Moves both sets of points to their means first, which was not asked.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd((np.asarray(A, dtype=float) - np.mean(A, axis=0)).T @ (np.asarray(B, dtype=float) - np.mean(B, axis=0)))
    return U @ Vt
