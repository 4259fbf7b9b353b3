"""numpy has one.

replaces: ifft
fails: ifft-by_hand ifft-inverse ifft-habits
"""
def ifft(y):
    if len(y) < 1 or len(y) & (len(y) - 1):
        raise ValueError("the length should be a power of two")
    return np.fft.ifft(y)
