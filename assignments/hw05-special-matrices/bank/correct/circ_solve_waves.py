"""A plain ValueError, and the spectrum by the conjugate transform.

replaces: circ_solve
"""
def circ_solve(c, b):
    c, b = np.asarray(c) + 0.0, np.asarray(b) + 0.0
    n = len(c)
    w, r = np.conj(np.fft.ifft(np.conj(c))) * n, np.conj(np.fft.ifft(np.conj(b))) * n
    if not abs(w).min() > n * np.finfo(float).eps * abs(w).max():
        raise ValueError("C has no inverse")
    x = np.conj(np.fft.fft(np.conj(r / w))) / n
    return np.ascontiguousarray(x.real) if np.isrealobj(c) and np.isrealobj(b) else x
