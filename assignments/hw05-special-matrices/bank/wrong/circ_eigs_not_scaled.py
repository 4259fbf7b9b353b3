"""Divided by n.

replaces: circ_eigs
fails: circ_eigs-by_hand circ_eigs-values
"""
def circ_eigs(c):
    return np.fft.ifft(c)
