"""Powers of omega are kept in a dictionary; all levels work on one array with two axes.

replaces: fft
"""
POWERS = {}


def powers(half):
    if half not in POWERS:
        POWERS[half] = np.exp(-1j * np.pi * np.arange(half) / half)
    return POWERS[half]


def fft(x):
    x = np.asarray(x)
    n = len(x)
    if n == 0 or n != 2 ** int(round(np.log2(n))):
        raise ValueError("the length is not a power of two")
    y = (x.copy() if x.dtype == object else x.astype(complex)).reshape(1, n)
    while y.shape[0] < n:                   # column j holds the transform of x[j::columns]
        columns = y.shape[1] // 2
        even, odd = y[:, :columns], y[:, columns:]
        odd = powers(len(y))[:, None] * odd
        y = np.concatenate([even + odd, even - odd])
    return y.ravel()
