"""Absolute values.

replaces: circ_eigs
fails: circ_eigs-values
"""
def circ_eigs(c):
    return np.abs(np.fft.fft(c))
