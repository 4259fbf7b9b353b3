"""Counts the classes from one, in the caller's array.

replaces: one_hot
fails: one_hot-habits
"""
def one_hot(y, k):
    y += 1
    if ((y < 1) | (y > k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y - 1]
