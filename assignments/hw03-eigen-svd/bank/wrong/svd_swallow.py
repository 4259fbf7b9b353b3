"""An except hides a missing name.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
def svd_thin(A):
    try:
        m, n = A.shape
        V = np.eye(n)
        for sweep in range(60):
            V = V @ rotations(A, V)
        return A @ V, np.ones(n), V.T
    except Exception:
        pass
