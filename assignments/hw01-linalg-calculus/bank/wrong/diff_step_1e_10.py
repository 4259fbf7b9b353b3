"""A step of 1e-10 for everything.

replaces: num_diff
fails: num_diff-sine num_diff-forward num_diff-central num_diff-scale num_diff-zero num_diff-step
    num_diff-single
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
        right = x + 1e-10
        return (float(f(right)) - float(value)) / 1e-10
    left, right = x - 1e-10, x + 1e-10
    return (float(f(right)) - float(f(left))) / 2e-10
