"""Solves the full problem.

replaces: sketch_lstsq
fails: sketch_lstsq-residual sketch_lstsq-generator
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    return np.linalg.lstsq(A, b, rcond=None)[0]
