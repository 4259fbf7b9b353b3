"""Projects on the first right singular vectors.

replaces: low_rank
"""
def low_rank(A, k):
    V = np.linalg.svd(A)[2][:k].T
    return A @ V @ V.T
