"""Zero is not less than zero.

replaces: commutes
fails: commutes-pairs
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.linalg.norm(A @ B - B @ A) < tol * np.linalg.norm(A) * np.linalg.norm(B))
