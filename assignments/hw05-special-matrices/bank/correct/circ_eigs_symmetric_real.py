"""Real for a symmetric c, sorted.

replaces: circ_eigs
"""
def circ_eigs(c):
    c = np.asarray(c)
    w = np.fft.fft(c)
    symmetric = np.isrealobj(c) and np.array_equal(c[1:], c[:0:-1])
    return np.sort(w.real) if symmetric else w[np.argsort(np.abs(w))]
