"""One column for each label: the square example by hand looks nearly right.

replaces: one_hot
fails: one_hot-values one_hot-by_hand one_hot-edges one_hot-habits
"""
def one_hot(y, k):
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y].T.copy()
