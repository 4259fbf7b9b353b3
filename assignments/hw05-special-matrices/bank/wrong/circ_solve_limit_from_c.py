"""Compares with the largest entry of c, not with the largest eigenvalue.

replaces: circ_solve
fails: circ_solve-singular
"""
def circ_solve(c, b):
    c = np.asarray(c)
    w = np.fft.fft(c)
    if np.abs(w).min() <= len(w) * 2.0**-52 * np.abs(c).max():
        raise np.linalg.LinAlgError("singular")
    x = np.fft.ifft(np.fft.fft(b) / w)
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
