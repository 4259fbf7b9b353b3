"""Drops the last ones with a negative index, which is zero when none is to be dropped.

replaces: best_rank_k
fails: best_rank_k-edges
"""
def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    drop = len(s) - k
    return U[:, :-drop] * s[:-drop], Vt[:-drop]
