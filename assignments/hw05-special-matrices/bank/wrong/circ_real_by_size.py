"""Drops imaginary parts that look like rounding.

replaces: circ_matvec
fails: circ_matvec-complex
"""
def circ_matvec(c, x):
    y = np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
    return y if np.abs(y.imag).max() > 1e-9 else y.real
