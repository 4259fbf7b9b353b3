"""The diagonals from top right to bottom left, convolved with x: the middle part of the result.

replaces: toep_matvec
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    m, n = len(c), len(r)
    diagonals = np.concatenate([r[:0:-1], c])
    size = m + 2 * n
    if all(map(np.isrealobj, (c, r, x))):
        long = np.fft.irfft(np.fft.rfft(diagonals, size) * np.fft.rfft(x, size), size)
    else:
        long = np.fft.ifft(np.fft.fft(diagonals, size) * np.fft.fft(x, size))
    return long[n - 1:n - 1 + m].copy()
