"""Tries both products on one vector.

replaces: commutes
fails: commutes-pairs
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    x = np.ones(len(A))
    return bool(np.linalg.norm(A @ (B @ x) - B @ (A @ x)) <= tol * np.linalg.norm(A) * np.linalg.norm(B))
