"""Zeros of the right shape.

replaces: one_hot
fails: one_hot-values one_hot-by_hand one_hot-negative one_hot-too_large one_hot-edges one_hot-habits
"""
def one_hot(y, k):
    return np.zeros((len(y), k))
