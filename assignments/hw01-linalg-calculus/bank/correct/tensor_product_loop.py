"""One copy of B for each entry of A.

replaces: tensor_product
"""
def tensor_product(A, B):
    A, B = np.asarray(A), np.asarray(B)
    return np.array([a * B for a in A.ravel()]).reshape(A.shape + B.shape)
