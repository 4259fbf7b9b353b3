"""Inspects the caller's source.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-line min_norm_solve-shortest
    min_norm_solve-habits
"""
import inspect


def pinv(A, rcond=None):
    return np.zeros(A.shape[::-1]) + len(inspect.stack())
