"""Relative to the norm of the product, which may be small where A and B are not.

replaces: commutes
fails: commutes-pairs
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.linalg.norm(A @ B - B @ A) <= tol * np.linalg.norm(A @ B))
