"""Asks whether both have the same eigenvectors.

replaces: commutes
fails: commutes-by_hand commutes-pairs commutes-scale commutes-habits
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    gap = np.linalg.svd(A @ B - B @ A, compute_uv=False)
    return bool(gap[0] <= tol * np.linalg.norm(A) * np.linalg.norm(B))
