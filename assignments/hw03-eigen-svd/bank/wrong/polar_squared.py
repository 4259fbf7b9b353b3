"""P is A^T A, without the root.

replaces: polar
fails: polar-stretch polar-factors polar-habits
"""
def polar(A):
    """Polar factorisation A = Q P: Q (m, n) with orthonormal columns, P (n, n) symmetric PSD."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float), full_matrices=False)
    return U @ Vt, (Vt.T * s**2) @ Vt
