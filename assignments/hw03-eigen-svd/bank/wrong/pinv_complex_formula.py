"""For complex matrices, the formula for independent columns.

replaces: pinv
fails: pinv-penrose pinv-rank
"""
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    # Keep the singular values above rcond * s[0];
    # X = V diag(1 / s) U^* over those alone.
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    if A.dtype.kind == "c":
        return np.linalg.inv(A.conj().T @ A) @ A.conj().T
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[0]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
