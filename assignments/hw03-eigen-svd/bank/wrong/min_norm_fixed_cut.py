"""Cuts at 1e-8, whatever the size of A.

replaces: min_norm_solve
fails: min_norm_solve-shortest
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > 1e-8
    return ((U.T @ b)[keep] / s[keep]) @ Vt[keep]
