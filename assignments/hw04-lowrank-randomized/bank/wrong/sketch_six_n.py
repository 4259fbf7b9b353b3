"""Never more than 6 n rows.

replaces: sketch_lstsq
fails: sketch_lstsq-residual
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(min(r, 6 * n), m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
