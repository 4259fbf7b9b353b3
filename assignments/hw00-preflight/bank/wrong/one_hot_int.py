"""A matrix of integers.

replaces: one_hot
fails: one_hot-habits one_hot-by_hand
"""
def one_hot(y, k):
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k, dtype=int)[y]
