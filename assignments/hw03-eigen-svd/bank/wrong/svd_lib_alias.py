"""LAPACK under another name: correct numbers, no points.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
from numpy.linalg import svd as something


def svd_thin(A):
    return tuple(something(np.array(A, dtype=float), full_matrices=False))
