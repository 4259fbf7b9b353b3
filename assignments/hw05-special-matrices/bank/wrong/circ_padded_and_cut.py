"""Padded to a power of two, and cut instead of folded back.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
"""
def circ_matvec(c, x):
    n = len(c)
    size = 2 ** (2 * n - 1).bit_length()
    y = np.fft.ifft(np.fft.fft(c, size) * np.fft.fft(x, size))[:n]
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real.copy()
