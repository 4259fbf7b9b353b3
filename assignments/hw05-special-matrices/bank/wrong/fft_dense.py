"""The product with the full matrix: right, and n times too much work.

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
    j = np.arange(n)
    return np.exp(-2j * np.pi * (np.outer(j, j) % n) / n) @ x
