"""Looks only for negative labels: too large ones end in numpy's IndexError.

replaces: one_hot
fails: one_hot-too_large
"""
def one_hot(y, k):
    y = np.asarray(y)
    if (y < 0).any():
        raise ValueError("a label is negative")
    return np.eye(k)[y]
