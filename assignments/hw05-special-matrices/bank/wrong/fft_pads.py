"""Other lengths are filled with zeros instead of refused.

replaces: fft
fails: fft-edges ifft-inverse
"""
def fft(x):
    x = np.asarray(x)
    if x.dtype != object:
        x = x.astype(complex)
    n = len(x)
    if n == 0:
        raise ValueError("nothing to transform")
    if n & (n - 1):
        return fft(np.concatenate([x, np.zeros(2 ** n.bit_length() - n)]))
    if n == 1:
        return x.copy()
    even = fft(x[::2])
    odd = np.exp(-2j * np.pi * np.arange(n // 2) / n) * fft(x[1::2])
    return np.concatenate([even + odd, even - odd])
