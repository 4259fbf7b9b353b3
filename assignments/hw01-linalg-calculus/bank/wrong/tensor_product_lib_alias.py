"""kron by another name.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
from numpy import kron as k

def tensor_product(A, B):
    return k(np.reshape(A, -1), np.reshape(B, -1)).reshape(np.shape(A) + np.shape(B))
