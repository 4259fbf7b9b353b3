"""Half of the rows are the longest ones, the others are picked.

replaces: sketch_lstsq
fails: sketch_lstsq-heavy_row
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    A, b = np.asarray(A, dtype=float), np.asarray(b, dtype=float)
    rows = np.concatenate([np.argsort(-np.sum(A**2, axis=1))[: r // 2], rng.integers(0, m, r - r // 2)])
    return np.linalg.lstsq(A[rows], b[rows], rcond=None)[0]
