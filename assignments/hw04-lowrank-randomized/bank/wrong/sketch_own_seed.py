"""Draws from a generator with a seed of its own.

replaces: sketch_lstsq
fails: sketch_lstsq-generator
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = np.random.default_rng(7).normal(size=(r, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
