"""LAPACK behind a helper and a string.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
import numpy as something


def helper(matrix):
    return getattr(something.linalg, "svd")(matrix, full_matrices=False)


def svd_thin(A):
    return tuple(helper(np.array(A, dtype=float)))
