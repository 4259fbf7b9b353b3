"""A recursion of its own with the other sign.

replaces: ifft
"""
def ifft(y):
    y = np.asarray(y, dtype=complex)
    n = len(y)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    if n == 1:
        return y.copy()
    even, odd = ifft(y[::2]) / 2, ifft(y[1::2]) / 2
    odd = odd * np.exp(2j * np.pi * np.arange(n // 2) / n)
    return np.concatenate([even + odd, even - odd])
