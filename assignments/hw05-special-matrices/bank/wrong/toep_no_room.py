"""A circulant matrix of the size of T: the ends wrap around.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
    toep_matvec-large
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    size = max(len(c), len(r))
    column = np.concatenate([c, r[:0:-1]])[:size]
    y = np.fft.ifft(np.fft.fft(column, size) * np.fft.fft(x, size))[:len(c)]
    return y.copy() if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
