"""Counts from one, and keeps one too many.

replaces: low_rank
fails: low_rank-visible low_rank-hidden
"""
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k + 1] * s[:k + 1]) @ Vt[:k + 1]
