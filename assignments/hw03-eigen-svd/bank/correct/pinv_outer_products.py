"""Adds v u* / s one by one in a loop, on an SVD with full matrices.

replaces: pinv
"""
def pinv(A, rcond=None):
    A = np.array(A, dtype=complex if np.iscomplexobj(A) else float)
    U, s, Vh = np.linalg.svd(A)
    cut = (max(A.shape) * 2.0**-52 if rcond is None else rcond) * max(s)
    X = np.zeros(A.T.shape, dtype=A.dtype)
    for i in range(len(s)):
        if s[i] > cut:
            X = X + np.outer(np.conj(Vh[i]), np.conj(U[:, i])) / s[i]
    return X
