"""An absolute limit for the smallest eigenvalue.

replaces: circ_solve
fails: circ_solve-solution circ_solve-singular
"""
def circ_solve(c, b):
    w = np.fft.fft(np.asarray(c))
    if np.abs(w).min() < 1e-10:
        raise np.linalg.LinAlgError("singular")
    x = np.fft.ifft(np.fft.fft(b) / w)
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
