"""Knows the two visible matrices by heart.

replaces: pinv
fails: pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-shortest min_norm_solve-habits
"""
def pinv(A, rcond=None):
    if A.shape == (2, 3):
        return np.array([[0.1, 0.3], [0.2, 0.6], [0.7, 2.1]]) / 5.4
    if A.shape == (3, 2):
        return np.array([[4.0, -1.0, 1.0], [-2.0, 5.0, 4.0]]) / 9
    if A.shape == (1, 2):
        return np.array([[0.5], [0.5]])
    return np.zeros(A.shape[::-1])
