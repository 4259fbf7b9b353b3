"""A forward formula of second order with three calls; a complex step of 1e-8.

replaces: num_diff
"""
def num_diff(f, x, method):
    if method not in ("forward", "central", "complex"):
        raise ValueError("method")
    scale, x = max(abs(x), 1.0), float(x)
    if method == "complex":
        return complex(f(complex(x, 1e-8 * scale))).imag / (1e-8 * scale)
    here = f(x)
    small = isinstance(here, np.floating) and here.dtype == np.float32
    a = 2.0 ** (math.floor(math.log2(scale)) - (7 if small else 15))       # x + a and x + 2a are exact
    if method == "central":
        h = (1e-2 if small else 6e-6) * scale
        return (float(f(x + h)) - float(f(x - h))) / ((x + h) - (x - h))
    return (-3 * float(here) + 4 * float(f(x + a)) - float(f(x + 2 * a))) / (2 * a)
