"""numpy's own pseudo-inverse by a string.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-line min_norm_solve-shortest
    min_norm_solve-habits
"""
def pinv(A, rcond=None):
    return getattr(np.linalg, "pinv")(A, max(A.shape) * 2.0**-52 if rcond is None else rcond)
