"""Asks for the smallest label, which an empty array does not have.

replaces: one_hot
fails: one_hot-edges
"""
def one_hot(y, k):
    y = np.asarray(y)
    if np.min(y) < 0 or np.max(y) >= k:
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y]
