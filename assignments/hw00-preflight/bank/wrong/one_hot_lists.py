"""A list of lists where an array is asked.

replaces: one_hot
fails: one_hot-by_hand one_hot-edges one_hot-habits
"""
def one_hot(y, k):
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y].tolist()
