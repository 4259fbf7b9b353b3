"""Multiplies entry by entry and lets broadcasting stretch.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    return np.resize(A, A.shape + B.shape) * B
