"""Axes of length one for every axis of B.

replaces: tensor_product
"""
def tensor_product(A, B):
    A = np.asarray(A)
    return A[(...,) + (None,) * np.ndim(B)] * np.asarray(B)
