"""Works in the matrix that it was given.

replaces: low_rank
fails: low_rank-hidden
"""
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    s[k:] = 0
    A[:] = (U * s) @ Vt
    return A
