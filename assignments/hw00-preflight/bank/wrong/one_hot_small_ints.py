"""Classes in the type of the labels: an int8 cannot count to 400.

replaces: one_hot
fails: one_hot-edges
"""
def one_hot(y, k):
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return (y[:, None] == np.arange(k).astype(y.dtype)).astype(float)
