"""Keeps all that is not below s_k, and so too many where values are equal.

replaces: best_rank_k
fails: best_rank_k-ties
"""
def best_rank_k(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    if k == 0:
        return U[:, :0], Vt[:0]
    keep = s >= s[k - 1] * (1 - 1e-12)
    keep = keep if keep.sum() > k and s[k - 1] > 1e-10 * s[0] else np.arange(len(s)) < k
    return U[:, keep] * s[keep], Vt[keep]
