"""Q as A P^-1 from the eigenvectors of A^T A: nothing is left for rank-deficient A.

replaces: polar
fails: polar-factors
"""
def polar(A):
    A = np.array(A, dtype=float)
    w, V = np.linalg.eigh(A.T @ A)
    s = np.sqrt(np.maximum(w, 0))
    Q = A @ (V / s) @ V.T
    return Q, (V * s) @ V.T
