"""Divides by the step that was planned.

replaces: num_diff
fails: num_diff-step
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
        return (float(f(right)) - float(value)) / (eps ** (1 / 2) * scale)
    left, right = x - eps ** (1 / 3) * scale, x + eps ** (1 / 3) * scale
    return (float(f(right)) - float(f(left))) / (2 * eps ** (1 / 3) * scale)
