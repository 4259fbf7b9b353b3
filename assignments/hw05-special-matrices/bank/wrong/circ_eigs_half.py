"""Half of the spectrum, twice: wrong multiplicities.

replaces: circ_eigs
fails: circ_eigs-values
"""
def circ_eigs(c):
    w = np.fft.fft(c)
    return np.concatenate([w[:len(w) // 2 + 1], w[:len(w) // 2 + 1]])[:len(w)]
