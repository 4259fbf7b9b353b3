"""Drops imaginary parts that look like rounding.

replaces: toep_matvec
fails: toep_matvec-complex
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    size = len(c) + len(r) - 1
    y = np.fft.ifft(np.fft.fft(np.concatenate([c, r[:0:-1]])) * np.fft.fft(x, size))[:len(c)]
    return y.copy() if np.abs(y.imag).max() > 1e-9 else y.real.copy()
