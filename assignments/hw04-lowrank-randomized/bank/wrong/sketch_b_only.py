"""Sketches b, and takes as many rows of A as they are.

replaces: sketch_lstsq
fails: sketch_lstsq-consistent sketch_lstsq-residual sketch_lstsq-solution sketch_lstsq-heavy_row
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    return np.linalg.lstsq(A[:r], (rng.normal(size=(r, m)) @ b)[:len(A[:r])], rcond=None)[0]
