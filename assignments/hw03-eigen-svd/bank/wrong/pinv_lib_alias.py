"""numpy's own pseudo-inverse under another name.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-line min_norm_solve-shortest
    min_norm_solve-habits
"""
from numpy.linalg import pinv as ready


def pinv(A, rcond=None):
    return ready(A, max(A.shape) * 2.0**-52 if rcond is None else rcond)
