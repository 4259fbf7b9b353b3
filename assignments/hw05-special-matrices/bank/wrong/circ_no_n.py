"""Back with the forward transform of the conjugate, without 1 / n.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
"""
def circ_matvec(c, x):
    y = np.conj(np.fft.fft(np.conj(np.fft.fft(c) * np.fft.fft(x))))
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real
