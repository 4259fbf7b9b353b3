"""Every eigenvalue once.

replaces: circ_eigs
fails: circ_eigs-values
"""
def circ_eigs(c):
    return np.unique(np.round(np.fft.fft(c), 10))
