"""Measures the cut by the smallest singular value.

replaces: pinv
fails: pinv-by_hand pinv-rank pinv-scale min_norm_solve-shortest
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[-1]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
