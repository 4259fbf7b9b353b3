"""A matrix of all products, not unfolded.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
def tensor_product(A, B):
    return np.asarray(A).reshape(-1, 1) @ np.asarray(B).reshape(1, -1)
