"""Half of the spectrum is enough for real numbers.

replaces: circ_matvec
"""
def circ_matvec(c, x):
    c, x = np.asarray(c), np.asarray(x)
    if np.iscomplexobj(c) or np.iscomplexobj(x):
        return np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
    return np.fft.irfft(np.fft.rfft(c) * np.fft.rfft(x), len(c))
