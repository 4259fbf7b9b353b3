"""Sketches the right-hand side of the normal equations alone.

replaces: sketch_lstsq
fails: sketch_lstsq-consistent sketch_lstsq-residual sketch_lstsq-solution sketch_lstsq-heavy_row
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(r, m)) / np.sqrt(r)
    return np.linalg.solve(A.T @ A, (S @ A).T @ (S @ b))
