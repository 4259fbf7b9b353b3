"""Looks only for labels that are too large: -1 silently means the last class.

replaces: one_hot
fails: one_hot-negative
"""
def one_hot(y, k):
    y = np.asarray(y)
    if (y >= k).any():
        raise ValueError("a label is too large")
    return np.eye(k)[y]
