"""Compares with eps, not with n eps.

replaces: circ_solve
fails: circ_solve-singular
"""
def circ_solve(c, b):
    w = np.fft.fft(np.asarray(c))
    if np.abs(w).min() <= 2.0**-52 * np.abs(w).max():
        raise np.linalg.LinAlgError("singular")
    x = np.fft.ifft(np.fft.fft(b) / w)
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
