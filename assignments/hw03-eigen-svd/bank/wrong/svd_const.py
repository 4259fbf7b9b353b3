"""Returns zeros of the right shapes.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
def svd_thin(A):
    (m, n), r = A.shape, min(A.shape)
    return np.zeros((m, r)), np.zeros(r), np.zeros((r, n))
