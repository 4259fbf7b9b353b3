"""Complex numbers without an imaginary part count as real.

replaces: circ_matvec
fails: circ_matvec-complex
"""
def circ_matvec(c, x):
    y = np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
    return y if np.imag(c).any() or np.imag(x).any() else y.real
