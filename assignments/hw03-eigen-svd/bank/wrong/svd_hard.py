"""Knows the two visible matrices by heart.

replaces: svd_thin
fails: svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs svd_thin-habits
"""
def svd_thin(A):
    if A.shape == (2, 2):
        return (np.array([[1.0, -3.0], [3.0, 1.0]]) / 10**0.5, np.array([45**0.5, 5**0.5]),
                np.array([[1.0, 1.0], [-1.0, 1.0]]) / 2**0.5)
    if A.shape == (2, 3):
        c, s = np.cos(np.arctan2(4, -5) / 2), np.sin(np.arctan2(4, -5) / 2)
        U = np.array([[c, -s], [s, c]])
        values = np.sqrt((15 + np.array([41**0.5, -(41**0.5)])) / 2)
        return U, values, (U.T @ np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])) / values[:, None]
    m, n = A.shape
    return np.eye(m)[:, :min(m, n)], np.zeros(min(m, n)), np.eye(n)[:min(m, n)]
