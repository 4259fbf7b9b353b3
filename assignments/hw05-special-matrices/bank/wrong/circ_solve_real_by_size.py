"""Drops imaginary parts that look like rounding.

replaces: circ_solve
fails: circ_solve-solution
"""
def circ_solve(c, b):
    w = np.fft.fft(np.asarray(c))
    if np.abs(w).min() <= len(w) * 2.0**-52 * np.abs(w).max():
        raise np.linalg.LinAlgError("singular")
    x = np.fft.ifft(np.fft.fft(b) / w)
    return x if np.abs(x.imag).max() > 1e-12 else x.real
