"""Takes the real part of the input, and of nothing inside.

replaces: fft
fails: fft-complex ifft-by_hand ifft-inverse
"""
def fft(x):
    x = np.asarray(x)
    return half_by_half(x if x.dtype == object else x.real)


def half_by_half(x):
    if x.dtype != object:
        x = x.astype(complex)
    n = len(x)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    if n == 1:
        return x.copy()
    even = half_by_half(x[::2])
    odd = np.exp(-2j * np.pi * np.arange(n // 2) / n) * half_by_half(x[1::2])
    return np.concatenate([even + odd, even - odd])
