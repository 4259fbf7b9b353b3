"""An except that also hides the ValueError that should be raised.

replaces: one_hot
fails: one_hot-negative one_hot-too_large
"""
def one_hot(y, k):
    try:
        y = np.asarray(y)
        if ((y < 0) | (y >= k)).any():
            raise ValueError("a label is outside of the classes")
        return np.eye(k)[y]
    except Exception:
        pass
