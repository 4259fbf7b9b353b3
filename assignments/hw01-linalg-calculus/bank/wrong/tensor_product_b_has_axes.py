"""One slice of B after the other, so B needs an axis.

replaces: tensor_product
fails: tensor_product-values
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    if B.ndim == 1:
        return A[..., None] * B
    return np.stack([tensor_product(A, part) for part in B], axis=A.ndim)
