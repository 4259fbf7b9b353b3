"""As many results as columns.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    size = len(c) + len(r) - 1
    column = np.concatenate([c, r[:0:-1]])
    y = np.fft.ifft(np.fft.fft(column) * np.fft.fft(x, size))[:len(r)]
    return y.copy() if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
