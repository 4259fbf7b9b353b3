"""Compares singular values with a fixed number.

replaces: pinv
fails: pinv-scale pinv-rank min_norm_solve-shortest
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > max(rcond, 1e-10)
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
