"""A randomised SVD with five columns more than k and two power steps: nearly optimal.

replaces: best_rank_k
fails: best_rank_k-optimal
"""
def best_rank_k(A, k):
    rng = np.random.default_rng(1)
    Q, _ = np.linalg.qr(A @ rng.normal(size=(A.shape[1], k + 5)))
    for _ in range(2):
        Q, _ = np.linalg.qr(A @ (A.conj().T @ Q))
    U, s, Vt = np.linalg.svd(Q.conj().T @ A, full_matrices=False)
    return (Q @ U)[:, :k] * s[:k], Vt[:k]
