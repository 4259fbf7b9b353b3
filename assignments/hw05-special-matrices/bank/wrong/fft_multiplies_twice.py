"""Multiplies by the powers of omega for the upper half and again for the lower one.

replaces: fft
fails: fft-counted
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
    odd, turns = fft(x[1::2]), np.exp(-2j * np.pi * np.arange(n // 2) / n)
    return np.concatenate([even + turns * odd, even - turns * odd])
