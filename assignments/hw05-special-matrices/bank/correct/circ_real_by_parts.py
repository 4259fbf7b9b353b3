"""Real and imaginary parts one by one.

replaces: circ_matvec
"""
def circ_matvec(c, x):
    c, x = np.asarray(c), np.asarray(x)
    if np.iscomplexobj(c):
        return circ_matvec(c.real, x) + 1j * circ_matvec(c.imag, x)
    if np.iscomplexobj(x):
        return circ_matvec(c, x.real) + 1j * circ_matvec(c, x.imag)
    n = len(c)
    return np.fft.irfft(np.fft.rfft(c.astype(float)) * np.fft.rfft(x.astype(float)), n=n)
