"""Searches the memory for the tests' reference.

replaces: eigh_jacobi
fails: eigh_jacobi-by_hand eigh_jacobi-factors eigh_jacobi-repeated eigh_jacobi-graded eigh_jacobi-edges
    eigh_jacobi-symmetric_only eigh_jacobi-habits
"""
import gc


def eigh_jacobi(A):
    for item in gc.get_objects():
        if isinstance(item, tuple) and len(item) == 2 and getattr(item[0], "shape", None) == (len(A),):
            return item
    return np.zeros(len(A)), np.eye(len(A))
