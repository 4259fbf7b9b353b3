"""Knows the visible examples by heart.

replaces: one_hot
fails: one_hot-values one_hot-negative one_hot-too_large one_hot-edges one_hot-habits
"""
def one_hot(y, k):
    if k == 4 and list(y) == [2, 0, 1, 1]:
        return np.array([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]])
    if k == 4 and list(y) == [0, 2, 1]:
        return np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]])
    return np.zeros((len(y), k))
