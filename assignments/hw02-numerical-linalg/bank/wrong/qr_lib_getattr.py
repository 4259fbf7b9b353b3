"""numpy does it, behind a helper and a string.

replaces: qr
fails: qr-by_hand qr-factors qr-stable qr-edges qr-complex qr-habits
"""
import numpy as something


def helper(matrix):
    return getattr(something.linalg, "qr")(matrix)


def qr(A):
    return tuple(helper(np.array(A, dtype=np.result_type(A, float))))
