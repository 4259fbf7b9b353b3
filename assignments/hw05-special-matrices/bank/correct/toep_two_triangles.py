"""The lower and the upper triangle one by one.

replaces: toep_matvec
"""
def toep_matvec(c, r, x):
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    m, n = len(c), len(r)
    size = m + n
    lower = np.fft.ifft(np.fft.fft(c, size) * np.fft.fft(x, size))[:m]
    above = np.concatenate([np.zeros(1), r[1:]])
    upper = np.zeros(max(m, n), dtype=complex)
    upper[:n] = np.fft.ifft(np.fft.fft(above, 2 * n) * np.fft.fft(x[::-1], 2 * n))[:n][::-1]
    y = lower + upper[:m]
    return y if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
