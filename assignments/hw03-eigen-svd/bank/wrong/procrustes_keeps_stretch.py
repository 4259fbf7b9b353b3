"""Leaves the singular values inside: U S V^T.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float).T @ np.asarray(B, dtype=float))
    return (U * s) @ Vt
