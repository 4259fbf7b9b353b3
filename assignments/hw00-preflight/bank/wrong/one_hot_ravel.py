"""Reads the labels from memory as if they lay side by side.

replaces: one_hot
fails: one_hot-habits
"""
def one_hot(y, k):
    y = np.frombuffer(y, dtype=y.dtype) if len(y) else y
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y]
