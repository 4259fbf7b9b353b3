"""np.convolve, which takes n^2 products.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
    circ_matvec-habits
"""
def circ_matvec(c, x):
    n = len(c)
    y = np.convolve(c, x) + 0.0
    return y[:n] + np.concatenate([y[n:], [0.0]])
