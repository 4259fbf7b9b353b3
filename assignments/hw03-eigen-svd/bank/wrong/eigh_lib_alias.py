"""LAPACK under another name.

replaces: eigh_jacobi
fails: eigh_jacobi-by_hand eigh_jacobi-factors eigh_jacobi-repeated eigh_jacobi-graded eigh_jacobi-edges
    eigh_jacobi-symmetric_only eigh_jacobi-habits
"""
import numpy.linalg as handy


def eigh_jacobi(A):
    A = np.array(A, dtype=float)
    if (np.abs(A - A.T) > 1e-10 * np.abs(A).max()).any():
        raise ValueError("not symmetric")
    return tuple(handy.eigh(A))
