"""The minus in the first half.

replaces: fft
fails: fft-by_hand fft-values fft-complex fft-counted fft-edges fft-laws ifft-by_hand
    ifft-inverse
"""
def fft(x):
    x = np.asarray(x)
    if x.dtype != object:
        x = x.astype(complex)
    n = len(x)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    if n == 1:
        return x.copy()
    even = fft(x[::2])
    odd = np.exp(-2j * np.pi * np.arange(n // 2) / n) * fft(x[1::2])
    return np.concatenate([even - odd, even + odd])
