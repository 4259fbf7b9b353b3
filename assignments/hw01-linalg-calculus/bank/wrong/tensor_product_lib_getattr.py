"""tensordot by a string.

replaces: tensor_product
fails: tensor_product-by_hand tensor_product-values tensor_product-habits
"""
def tensor_product(A, B):
    return getattr(np, "tensordot")(A, B, 0)
