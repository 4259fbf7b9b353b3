"""Relative to the first matrix alone.

replaces: commutes
fails: commutes-scale
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.linalg.norm(A @ B - B @ A) <= tol * np.linalg.norm(A))
