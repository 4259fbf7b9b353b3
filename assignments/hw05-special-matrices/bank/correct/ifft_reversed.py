"""The transform once more, read backwards.

replaces: ifft
"""
def ifft(y):
    x = fft(y) / len(y)
    return np.concatenate([x[:1], x[:0:-1]])
