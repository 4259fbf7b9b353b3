"""Reads the memory of A as it lies there.

replaces: pinv
fails: pinv-habits min_norm_solve-habits
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.frombuffer(A, dtype=A.dtype).reshape(A.shape)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[0]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
