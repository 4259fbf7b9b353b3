"""Refuses as many rows as there are unknowns.

replaces: sketch_lstsq
fails: sketch_lstsq-refuses
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r <= n:
        raise ValueError("too few rows")
    S = rng.normal(size=(r, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
