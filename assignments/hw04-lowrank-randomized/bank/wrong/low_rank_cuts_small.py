"""Takes singular values below a thousandth of the largest for zero.

replaces: best_rank_k
fails: best_rank_k-optimal
"""
def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    s = np.where(s > 1e-3 * s.max(initial=0.0), s, 0.0)
    return U[:, :k] * s[:k], Vt[:k]
