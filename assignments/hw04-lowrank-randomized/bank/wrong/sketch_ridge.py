"""Adds a small ridge to the normal equations.

replaces: sketch_lstsq
fails: sketch_lstsq-consistent sketch_lstsq-solution
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(r, m)) / np.sqrt(r)
    SA = S @ A
    return np.linalg.solve(SA.T @ SA + 1e-4 * np.eye(n), SA.T @ (S @ b))
