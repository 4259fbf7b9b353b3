"""The root of n instead of n.

replaces: ifft
fails: ifft-by_hand ifft-inverse
"""
def ifft(y):
    return np.conj(fft(np.conj(y))) / np.sqrt(len(y))
