"""Labels as bytes, which end at 255.

replaces: one_hot
fails: one_hot-values
"""
def one_hot(y, k):
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y.astype(np.uint8)]
