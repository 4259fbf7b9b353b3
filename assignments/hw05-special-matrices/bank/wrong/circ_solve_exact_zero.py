"""Looks for an exact zero only.

replaces: circ_solve
fails: circ_solve-singular
"""
def circ_solve(c, b):
    w = np.fft.fft(np.asarray(c))
    if (w == 0).any():
        raise np.linalg.LinAlgError("singular")
    x = np.fft.ifft(np.fft.fft(b) / w)
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
