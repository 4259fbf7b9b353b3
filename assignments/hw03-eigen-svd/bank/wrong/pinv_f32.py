"""Computes in single precision.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-shortest min_norm_solve-habits
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.asarray(A)
    A = A.astype(np.complex64 if A.dtype.kind == "c" else np.float32)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(np.float32).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[0]
    return 1.0 * (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
