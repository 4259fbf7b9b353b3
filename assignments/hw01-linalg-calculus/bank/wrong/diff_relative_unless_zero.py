"""A step relative to x wherever x is not zero.

replaces: num_diff
fails: num_diff-zero
"""
def num_diff(f, x, method):
    x = float(x)
    if method == "complex":
        return float(np.imag(f(complex(x, 1e-20))) / 1e-20)
    if method not in ("forward", "central"):
        raise ValueError(f"no method {method!r}")
    value = f(x)
    eps = float(np.finfo(np.asarray(value).dtype).eps)
    scale = abs(x) or 1.0
    if method == "forward":
        right = x + eps ** (1 / 2) * scale
        return (float(f(right)) - float(value)) / (right - x)
    left, right = x - eps ** (1 / 3) * scale, x + eps ** (1 / 3) * scale
    return (float(f(right)) - float(f(left))) / (right - left)
