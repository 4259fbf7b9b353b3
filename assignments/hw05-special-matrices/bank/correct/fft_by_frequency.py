"""Decimation in frequency: sums give the even results, differences the odd ones.

replaces: fft
"""
def fft(x):
    x = np.asarray(x)
    if x.dtype != object:
        x = x.astype(complex)
    n = x.size
    if n == 0 or n & (n - 1):
        raise ValueError("not a power of two")
    if n == 1:
        return x.copy()
    first, second = x[:n // 2], x[n // 2:]
    y = np.empty(n, dtype=x.dtype)
    y[::2] = fft(first + second)
    y[1::2] = fft((first - second) * np.exp(-2j * np.pi * np.arange(n // 2) / n))
    return y
