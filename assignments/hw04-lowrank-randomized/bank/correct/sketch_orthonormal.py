"""A sketch with orthonormal rows, where there are that many.

replaces: sketch_lstsq
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = np.linalg.qr(rng.normal(size=(m, r)))[0].T
    return np.linalg.pinv(S @ A) @ (S @ b)
