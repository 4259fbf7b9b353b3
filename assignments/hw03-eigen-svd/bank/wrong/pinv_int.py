"""Puts the result into an array of the type of A, so whole numbers stay whole.

replaces: pinv
fails: pinv-habits min_norm_solve-habits
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.asarray(A)
    X = np.zeros_like(A.T)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[0]
    X[:] = (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
    return X + 0.0
