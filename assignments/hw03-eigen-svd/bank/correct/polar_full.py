"""An SVD with full matrices; P made symmetric at the end.

replaces: polar
"""
def polar(A):
    A = np.array(A, dtype=float)
    U, s, Vt = np.linalg.svd(A)
    Q = U[:, : A.shape[1]] @ Vt
    P = Q.T @ A
    return Q, (P + P.T) / 2
