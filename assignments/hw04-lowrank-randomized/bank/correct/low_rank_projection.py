"""Projects A onto its first left singular vectors.

replaces: best_rank_k
"""
def best_rank_k(A, k):
    U = np.linalg.svd(A)[0][:, :k]
    return U, U.conj().T @ A
