"""Draws from the global generator.

replaces: sketch_lstsq
fails: sketch_lstsq-solution sketch_lstsq-generator sketch_lstsq-habits
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = np.random.normal(size=(r, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
