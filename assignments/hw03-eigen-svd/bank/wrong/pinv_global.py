"""Exchanges the rows in an order drawn from the global random generator.

replaces: pinv
fails: pinv-habits min_norm_solve-habits
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    order = np.random.permutation(len(A))
    U, s, Vt = np.linalg.svd(A[order], full_matrices=False)
    U = U[np.argsort(order)]
    keep = s > rcond * s[0]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
