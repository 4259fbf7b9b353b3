"""Richardson's extrapolation with larger steps, which single precision takes as well.

replaces: num_diff
"""
def num_diff(f, x, method):
    scale = max(abs(x), 1)

    def quotient(h):
        left, right = x - h, x + h
        return (float(f(right)) - float(f(left))) / (right - left)

    if method == "complex":
        return float(f(x + 1e-30j).imag) / 1e-30
    if method == "central":
        return (4 * quotient(1.5e-3 * scale) - quotient(3e-3 * scale)) / 3
    if method == "forward":
        eps = float(np.finfo(type(f(x))).eps)
        return (float(f(x + eps**0.5 * scale)) - float(f(x))) / ((x + eps**0.5 * scale) - x)
    raise ValueError(method)
