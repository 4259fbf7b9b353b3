"""Drops imaginary parts that look like rounding.

replaces: circ_eigs
fails: circ_eigs-values
"""
def circ_eigs(c):
    w = np.fft.fft(c)
    return w if np.abs(w.imag).max() > 1e-10 else w.real
