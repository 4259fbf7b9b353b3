"""Conjugates before, not after.

replaces: ifft
fails: ifft-inverse
"""
def ifft(y):
    return fft(np.conj(y)) / len(y)
