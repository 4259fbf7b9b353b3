"""Knows two axes and no other number of them.

replaces: tensor_product
fails: tensor_product-values
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    if A.ndim == 1:
        A = A[:, None]
        return (A[:, :, None, None] * B[None, None, :, :])[:, 0]
    return A[:, :, None, None] * B[None, None, :, :]
