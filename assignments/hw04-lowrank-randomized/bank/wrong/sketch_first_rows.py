"""Takes the first r rows.

replaces: sketch_lstsq
fails: sketch_lstsq-heavy_row sketch_lstsq-generator
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    return np.linalg.lstsq(A[:r], b[:r], rcond=None)[0]
