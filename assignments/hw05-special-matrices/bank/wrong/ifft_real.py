"""Only real signals come back.

replaces: ifft
fails: ifft-inverse
"""
def ifft(y):
    return np.conj(fft(np.conj(y))).real / len(y)
