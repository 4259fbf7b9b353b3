"""allclose with its own tolerances.

replaces: commutes
fails: commutes-pairs commutes-scale
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.allclose(A @ B, B @ A))
