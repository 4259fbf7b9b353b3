"""Three levels of extrapolation: six calls.

replaces: num_diff
fails: num_diff-calls
"""
def num_diff(f, x, method):
    x = float(x)
    if method == "complex":
        return float(np.imag(f(complex(x, 1e-20))) / 1e-20)
    if method not in ("forward", "central"):
        raise ValueError(f"no method {method!r}")
    value = f(x)
    eps = float(np.finfo(np.asarray(value).dtype).eps)
    scale = max(abs(x), 1.0)
    if method == "forward":
        right = x + eps ** (1 / 2) * scale
        return (float(f(right)) - float(value)) / (right - x)
    left, right = x - eps ** (1 / 3) * scale, x + eps ** (1 / 3) * scale
    return _romberg(f, x, scale)


def _romberg(f, x, scale):
    quotient = lambda h: (float(f(x + h)) - float(f(x - h))) / ((x + h) - (x - h))
    first, second, third = [quotient(h * scale) for h in (4e-3, 2e-3, 1e-3)]
    left, right = (4 * second - first) / 3, (4 * third - second) / 3
    return (16 * right - left) / 15
