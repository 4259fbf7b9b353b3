"""Compares A * B with B * A.

replaces: commutes
fails: commutes-by_hand commutes-pairs commutes-scale
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.linalg.norm(A * B - B * A) <= tol * np.linalg.norm(A) * np.linalg.norm(B))
