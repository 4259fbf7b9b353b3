"""Each power of omega from the one before: the error grows with n.

replaces: fft
fails: fft-values
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
    omega, turns = np.exp(-2j * np.pi / n), [1.0 + 0j]
    for _ in range(n // 2 - 1):
        turns.append(turns[-1] * omega)
    odd = np.array(turns) * fft(x[1::2])
    return np.concatenate([even + odd, even - odd])
