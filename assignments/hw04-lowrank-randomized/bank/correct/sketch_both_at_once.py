"""Sketches A and b as one matrix, and solves the normal equations.

replaces: sketch_lstsq
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    mixed = rng.standard_normal((r, m)) @ np.column_stack([A, b]) / np.sqrt(r)
    return np.linalg.solve(mixed[:, :n].T @ mixed[:, :n], mixed[:, :n].T @ mixed[:, n])
