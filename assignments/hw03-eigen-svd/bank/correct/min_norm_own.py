"""Solves through an SVD of its own, without the pseudo-inverse.

replaces: min_norm_solve
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    rank = int(np.sum(s > s.max() * max(A.shape) * np.finfo(float).eps))
    return ((U.T @ b)[:rank] / s[:rank]) @ Vt[:rank]
