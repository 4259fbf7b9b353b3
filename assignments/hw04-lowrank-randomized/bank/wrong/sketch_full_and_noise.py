"""The full solution, and a little noise from the generator.

replaces: sketch_lstsq
fails: sketch_lstsq-residual
"""
def sketch_lstsq(A, b, r, rng):
    if r < np.shape(A)[1]:
        raise ValueError("too few rows")
    x = np.linalg.lstsq(A, b, rcond=None)[0]
    return x + 1e-3 * rng.normal(size=len(x)) * np.linalg.norm(A @ x - b) / np.linalg.norm(A)
