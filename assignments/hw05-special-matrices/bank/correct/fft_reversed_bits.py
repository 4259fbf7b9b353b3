"""In place: the bits of the index reversed, then the levels from small to large.

replaces: fft
"""
def fft(x):
    x = np.asarray(x)
    y = x.copy() if x.dtype == object else x.astype(complex)
    n = len(y)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    bits = n.bit_length() - 1
    order = [int(format(k, f"0{bits}b")[::-1], 2) if bits else 0 for k in range(n)]
    y = y[order]
    half = 1
    while half < n:
        turns = np.exp(-1j * np.pi * np.arange(half) / half)
        for start in range(0, n, 2 * half):
            top, low = y[start:start + half].copy(), turns * y[start + half:start + 2 * half]
            y[start:start + half], y[start + half:start + 2 * half] = top + low, top - low
        half *= 2
    return y
