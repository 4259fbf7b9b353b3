"""The symmetric factor on the wrong side: A = P Q.

replaces: polar
fails: polar-stretch polar-factors polar-habits
"""
def polar(A):
    """Polar factorisation A = Q P: Q (m, n) with orthonormal columns, P (n, n) symmetric PSD."""
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float), full_matrices=False)
    return U @ Vt, ((U * s) @ U.T)[:len(s), :len(s)]
