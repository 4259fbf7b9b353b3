"""Rows of the identity, picked by index.

replaces: one_hot
"""
def one_hot(y, k):
    if len(y) and not (0 <= int(y.min()) and int(y.max()) < k):
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y]
