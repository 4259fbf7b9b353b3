"""The root of each singular value goes into either factor.

replaces: best_rank_k
"""
def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    root = np.sqrt(s[:k])
    return U[:, :k] * root, root[:, None] * Vt[:k]
