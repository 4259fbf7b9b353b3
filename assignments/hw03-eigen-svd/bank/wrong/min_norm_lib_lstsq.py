"""numpy's least squares does the work.

replaces: min_norm_solve
fails: min_norm_solve-line min_norm_solve-shortest min_norm_solve-habits
"""
def min_norm_solve(A, b):
    return np.linalg.lstsq(np.array(A, dtype=float), np.array(b, dtype=float), rcond=None)[0]
