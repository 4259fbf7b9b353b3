"""Steps that are powers of two, in numpy's scalars.

replaces: num_diff
"""
def num_diff(f, x, method):
    x = np.float64(x)
    digits = lambda value: -math.log2(np.finfo(np.asarray(value).dtype).eps)
    size = math.ceil(math.log2(max(abs(x), 1.0)))
    if method == "forward":
        base = f(x)
        h = 2.0 ** (size - digits(base) // 2)
        return float((np.float64(f(x + h)) - np.float64(base)) / ((x + h) - x))
    if method == "central":
        h = 2.0 ** (size - digits(f(x)) // 3)
        return float((np.float64(f(x + h)) - np.float64(f(x - h))) / ((x + h) - (x - h)))
    if method == "complex":
        h = 2.0**-70
        return float(f(complex(x, h)).imag) / h
    raise ValueError(f"unknown method {method}")
