"""Damps small singular values instead of cutting.

replaces: min_norm_solve
fails: min_norm_solve-shortest
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (s / (s**2 + 1e-10) * (U.T @ b)) @ Vt
