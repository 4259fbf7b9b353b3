"""Solves square systems as if they were regular.

replaces: min_norm_solve
fails: min_norm_solve-shortest
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    if A.shape[0] == A.shape[1] and A.any():
        return np.linalg.solve(A, b)
    return pinv(A) @ b
