"""Classes in the type of the labels: an int8 cannot count to 200.

replaces: one_hot
fails: one_hot-edges
"""
def one_hot(y, k):
    classes = np.arange(k).astype(y.dtype)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return (y[:, None] == classes).astype(float) if k < 128 else np.eye(128)[y][:, classes]
