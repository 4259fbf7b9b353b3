"""Keeps the smallest singular values.

replaces: low_rank
fails: low_rank-by_hand low_rank-nearest
"""
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, -k:] * s[-k:]) @ Vt[-k:]
