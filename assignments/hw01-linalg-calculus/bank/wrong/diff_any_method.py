"""An unknown method counts as central.

replaces: num_diff
fails: num_diff-calls
"""
def num_diff(f, x, method):
    x = float(x)
    if method == "complex":
        return float(np.imag(f(complex(x, 1e-20))) / 1e-20)
    if method not in ("forward", "central"):
        pass
    value = f(x)
    eps = float(np.finfo(np.asarray(value).dtype).eps)
    scale = max(abs(x), 1.0)
    if method == "forward":
        right = x + eps ** (1 / 2) * scale
        return (float(f(right)) - float(value)) / (right - x)
    left, right = x - eps ** (1 / 3) * scale, x + eps ** (1 / 3) * scale
    return (float(f(right)) - float(f(left))) / (right - left)
