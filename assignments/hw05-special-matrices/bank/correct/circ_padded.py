"""The linear convolution at a power of two, folded back.

replaces: circ_matvec
"""
def circ_matvec(c, x):
    c, x = np.asarray(c), np.asarray(x)
    n = len(c)
    size = 2 ** (2 * n - 1).bit_length()
    long = np.fft.ifft(np.fft.fft(c, size) * np.fft.fft(x, size))
    y = long[:n] + long[n:2 * n]
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real.copy()
