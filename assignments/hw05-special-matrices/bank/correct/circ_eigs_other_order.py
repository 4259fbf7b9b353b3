"""The inverse transform times n: the same numbers in another order.

replaces: circ_eigs
"""
def circ_eigs(c):
    return len(c) * np.fft.ifft(c)
