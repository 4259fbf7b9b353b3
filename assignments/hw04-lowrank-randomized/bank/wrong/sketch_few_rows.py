"""Takes n + 1 rows, whatever r.

replaces: sketch_lstsq
fails: sketch_lstsq-consistent sketch_lstsq-residual sketch_lstsq-heavy_row
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(n + 1, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
