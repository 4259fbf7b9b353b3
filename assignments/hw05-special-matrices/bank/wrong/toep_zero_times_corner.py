"""A circulant matrix with one place more, which holds zero times r[0].

replaces: toep_matvec
fails: toep_matvec-corner
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    column = np.concatenate([c, 0 * r[:1], r[:0:-1]])
    y = np.fft.ifft(np.fft.fft(column) * np.fft.fft(x, len(column)))[:len(c)]
    return y.copy() if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
