"""All products, unfolded in the wrong order.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    return (B.reshape(-1, 1) @ A.reshape(1, -1)).reshape(A.shape + B.shape)
