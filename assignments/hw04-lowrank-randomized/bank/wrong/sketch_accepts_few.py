"""Solves with fewer rows than unknowns as well.

replaces: sketch_lstsq
fails: sketch_lstsq-refuses
"""
def sketch_lstsq(A, b, r, rng):
    S = rng.normal(size=(r, len(A)))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
