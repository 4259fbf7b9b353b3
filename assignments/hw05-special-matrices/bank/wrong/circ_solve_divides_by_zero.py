"""Divides by whatever it finds.

replaces: circ_solve
fails: circ_solve-by_hand circ_solve-singular
"""
def circ_solve(c, b):
    x = np.fft.ifft(np.fft.fft(b) / np.fft.fft(c))
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
