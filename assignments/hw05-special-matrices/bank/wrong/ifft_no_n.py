"""Without the factor 1 / n.

replaces: ifft
fails: ifft-by_hand ifft-inverse
"""
def ifft(y):
    return np.conj(fft(np.conj(y)))
