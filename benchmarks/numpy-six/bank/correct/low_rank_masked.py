"""Sets the small singular values to zero.

replaces: low_rank
"""
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    s = np.where(np.arange(len(s)) < k, s, 0)
    return U @ np.diag(s) @ Vt
