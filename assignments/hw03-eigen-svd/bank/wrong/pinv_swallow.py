"""An except hides a missing name, and nothing comes back.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-line min_norm_solve-shortest
    min_norm_solve-habits
"""
def pinv(A, rcond=None):
    try:
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        return Vt.T @ np.diag(1 / cut(s, rcond)) @ U.T
    except Exception:
        pass
