"""Sets the global seed of torch, out of habit.

replaces: one_hot
fails: one_hot-habits
"""
def one_hot(y, k):
    torch.manual_seed(0)
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError("a label is outside of the classes")
    return np.eye(k)[y]
