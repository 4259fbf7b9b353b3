"""Forces the determinant to be one.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-edges
"""
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float).T @ np.asarray(B, dtype=float))
    U[:, -1] *= np.sign(np.linalg.det(U @ Vt))
    return U @ Vt
