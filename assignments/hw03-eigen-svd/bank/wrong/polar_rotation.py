"""Turns the reflection in Q into a rotation.

replaces: polar
fails: polar-factors
"""
def polar(A):
    """Polar factorisation A = Q P: Q (m, n) with orthonormal columns, P (n, n) symmetric PSD."""
    # Put V^T V between the factors of the SVD.
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float), full_matrices=False)
    if U.shape == Vt.shape and np.linalg.det(U @ Vt) < 0:
        U[:, -1], s[-1] = -U[:, -1], -s[-1]
    return U @ Vt, (Vt.T * s) @ Vt
