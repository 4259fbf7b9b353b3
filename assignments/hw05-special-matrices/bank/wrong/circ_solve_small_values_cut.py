"""A singular matrix gets its pseudo-inverse, silently.

replaces: circ_solve
fails: circ_solve-by_hand circ_solve-singular
"""
def circ_solve(c, b):
    w = np.fft.fft(np.asarray(c))
    keep = np.abs(w) > len(w) * 2.0**-52 * np.abs(w).max()
    x = np.fft.ifft(np.where(keep, np.fft.fft(b) / np.where(keep, w, 1.0), 0.0))
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
