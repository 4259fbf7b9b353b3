"""A circulant matrix larger than needed, of size a power of two.

replaces: toep_matvec
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    m, n = len(c), len(r)
    size = 2 ** (m + n - 1).bit_length()
    column = np.zeros(size, dtype=np.result_type(c, r, float))
    column[:m] = c
    if n > 1:
        column[1 - n:] = r[:0:-1]
    y = np.fft.ifft(np.fft.fft(column) * np.fft.fft(x, size))[:m]
    return y if np.iscomplexobj(column) or np.iscomplexobj(x) else y.real.copy()
