"""In place, and the bits of the index are not reversed first.

replaces: fft
fails: fft-by_hand fft-values fft-complex fft-counted fft-laws ifft-by_hand ifft-inverse
"""
def fft(x):
    x = np.asarray(x)
    if x.dtype != object:
        x = x.astype(complex)
    n = len(x)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    y, half = x.copy(), 1
    while half < n:
        turns = np.exp(-1j * np.pi * np.arange(half) / half)
        for start in range(0, n, 2 * half):
            top, low = y[start:start + half].copy(), turns * y[start + half:start + 2 * half]
            y[start:start + half], y[start + half:start + 2 * half] = top + low, top - low
        half *= 2
    return y
