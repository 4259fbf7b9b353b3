"""c as the first row.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
"""
def circ_matvec(c, x):
    c = np.asarray(c)
    c = np.concatenate([c[:1], c[:0:-1]])
    y = np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real
