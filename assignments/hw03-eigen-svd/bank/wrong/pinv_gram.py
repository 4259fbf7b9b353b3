"""Eigenvalues of A^* A instead of singular values.

replaces: pinv
fails: pinv-rank
"""
def pinv(A, rcond=None):
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = 1e-7
    w, V = np.linalg.eigh(A.conj().T @ A)
    keep = w > max(rcond, 1e-7) ** 2 * w[-1]
    return (V[:, keep] / w[keep]) @ V[:, keep].conj().T @ A.conj().T
