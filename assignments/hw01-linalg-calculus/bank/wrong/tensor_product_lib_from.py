"""outer by its own name.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
from numpy import outer

def tensor_product(A, B):
    return outer(A, B).reshape(np.shape(A) + np.shape(B))
