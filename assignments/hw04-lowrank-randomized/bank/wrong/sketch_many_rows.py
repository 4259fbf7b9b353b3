"""Four times as many rows as are asked for.

replaces: sketch_lstsq
fails: sketch_lstsq-residual
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(4 * r, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
