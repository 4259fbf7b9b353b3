"""Adds a ridge instead of cutting.

replaces: min_norm_solve
fails: min_norm_solve-line min_norm_solve-shortest min_norm_solve-habits
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    return np.linalg.solve(A.T @ A + 1e-6 * np.eye(A.shape[1]), A.T @ b)
