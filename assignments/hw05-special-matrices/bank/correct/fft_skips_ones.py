"""Radix two without multiplications by one, number by number.

replaces: fft
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
    even, odd, y = fft(x[::2]), fft(x[1::2]), np.empty(n, dtype=x.dtype)
    for k in range(n // 2):
        turned = odd[k] if k == 0 else np.exp(-2j * np.pi * k / n) * odd[k]
        y[k], y[k + n // 2] = even[k] + turned, even[k] - turned
    return y
