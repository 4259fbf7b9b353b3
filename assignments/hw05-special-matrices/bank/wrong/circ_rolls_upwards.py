"""Columns move up instead of down.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
"""
def circ_matvec(c, x):
    x = np.asarray(x)
    y = np.fft.ifft(np.fft.fft(c) * np.fft.fft(np.concatenate([x[:1], x[:0:-1]])))
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real
