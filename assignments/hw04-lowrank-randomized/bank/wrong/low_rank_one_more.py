"""Keeps k + 1 of them: an off-by-one in a slice.

replaces: best_rank_k
fails: best_rank_k-by_hand best_rank_k-optimal best_rank_k-edges best_rank_k-ties best_rank_k-complex
    best_rank_k-habits
"""
def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k + 1] * s[:k + 1], Vt[:k + 1]
