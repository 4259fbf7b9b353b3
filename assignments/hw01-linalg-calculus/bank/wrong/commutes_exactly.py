"""Every entry equal.

replaces: commutes
fails: commutes-pairs commutes-scale commutes-habits
"""
def commutes(A, B, tol):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool((A @ B == B @ A).all())
