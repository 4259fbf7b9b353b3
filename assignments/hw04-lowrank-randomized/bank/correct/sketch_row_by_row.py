"""Adds the rows of A one by one to the sketch, and never stores it.

replaces: sketch_lstsq
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    SA, Sb = np.zeros((r, n)), np.zeros(r)
    for row, value in zip(A, b):
        column = rng.normal(size=r)
        SA += np.outer(column, row)
        Sb += column * value
    return np.linalg.lstsq(SA, Sb, rcond=None)[0]
