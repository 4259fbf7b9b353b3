"""scipy does the work.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
def svd_thin(A):
    from scipy.linalg import svd

    return svd(np.array(A, dtype=float), full_matrices=False)
