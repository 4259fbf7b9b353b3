"""Computed, with rounding errors.

replaces: rank_one
"""
U, s, Vt = np.linalg.svd(np.array([[2.0, 2.0], [-1.0, 1.0]]))
rank_one = s[0] * np.outer(U[:, 0], Vt[0])
