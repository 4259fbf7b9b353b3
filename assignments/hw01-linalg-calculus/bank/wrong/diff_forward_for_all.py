"""Forward differences, whatever is asked.

replaces: num_diff
fails: num_diff-sine num_diff-central num_diff-complex num_diff-scale num_diff-zero
"""
def num_diff(f, x, method):
    x = float(x)
    if method == "complex":
        return num_diff(f, x, "forward")
    if method not in ("forward", "central"):
        raise ValueError(f"no method {method!r}")
    value = f(x)
    eps = float(np.finfo(np.asarray(value).dtype).eps)
    scale = max(abs(x), 1.0)
    if method == "forward":
        right = x + eps ** (1 / 2) * scale
        return (float(f(right)) - float(value)) / (right - x)
    left, right = x - eps ** (1 / 2) * scale, x + eps ** (1 / 2) * scale
    return (float(f(right)) - float(value)) / (right - x)
