"""For a single number the input itself comes back.

replaces: fft
fails: fft-habits
"""
def fft(x):
    x = np.asarray(x)
    if x.dtype != object and len(x) != 1:
        x = x.astype(complex)
    n = len(x)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    if n == 1:
        return x
    even = fft(x[::2])
    odd = np.exp(-2j * np.pi * np.arange(n // 2) / n) * fft(x[1::2])
    return np.concatenate([even + odd, even - odd])
