"""The Kronecker product of two matrices, with interleaved axes.

replaces: tensor_product
fails: tensor_product-values tensor_product-habits
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    C = A[(...,) + (None,) * B.ndim] * B
    return C.swapaxes(1, 2).copy() if A.ndim == B.ndim == 2 else C
