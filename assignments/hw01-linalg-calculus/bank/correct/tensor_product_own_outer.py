"""A helper of one's own that is called outer.

replaces: tensor_product
"""
def outer(a, b):
    return np.array([[s * t for t in b] for s in a])

def tensor_product(A, B):
    return outer(np.ravel(A), np.ravel(B)).reshape(np.shape(A) + np.shape(B))
