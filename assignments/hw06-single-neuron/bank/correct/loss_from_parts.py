"""Everything from positive parts.

replaces: scalar_loss
"""
def scalar_loss(name, r, delta=1.0):
    r = np.asarray(r, dtype=float)
    plus = lambda t: (np.maximum(t, 0), (t > 0) + 0.5 * (t == 0))
    (up, dup), (down, ddown) = plus(r), plus(-r)
    if name == "squared":
        return r * r / 2, r.copy()
    if name == "absolute":
        return up + down, dup - ddown
    if name == "hinge":
        value, slope = plus(1 - r)
        return value, -slope
    (right, dright), (left, dleft) = plus(r - delta), plus(-r - delta)
    if name == "insensitive":
        return right + left, dright - dleft
    return r * r / 2 - right**2 / 2 - left**2 / 2, r - right + left
