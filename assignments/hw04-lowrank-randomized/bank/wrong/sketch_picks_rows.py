"""Picks r rows at random, with equal probabilities.

replaces: sketch_lstsq
fails: sketch_lstsq-heavy_row
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    chosen = rng.choice(m, size=r)
    return np.linalg.lstsq(A[chosen], b[chosen], rcond=None)[0]
