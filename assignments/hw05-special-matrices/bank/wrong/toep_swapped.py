"""Row and column swapped: the transpose, cut or filled to the right length.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
    toep_matvec-large
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    size = len(c) + len(r) - 1
    column = np.concatenate([r, c[:0:-1]])
    y = np.fft.ifft(np.fft.fft(column) * np.fft.fft(x, size))[:len(c)]
    return y.copy() if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
