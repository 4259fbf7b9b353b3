"""Divides the caller's matrix by its largest entry, in place.

replaces: pinv
fails: pinv-habits min_norm_solve-habits
"""
def pinv(A, rcond=None):
    A = np.asarray(A)
    if A.dtype.kind not in "fc":
        A = A.astype(float)
    largest = np.abs(A).max() or 1.0
    A /= largest
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A.astype(complex if A.dtype.kind == "c" else float), full_matrices=False)
    keep = s > rcond * s[0]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T / largest
