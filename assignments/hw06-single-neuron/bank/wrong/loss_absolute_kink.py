"""Both sides are added at the kink.

replaces: scalar_loss
fails: scalar_loss-kinks
"""
def scalar_loss(name, r, delta=1.0):
    r = np.array(r, dtype=float)
    size = np.abs(r)
    if name == "squared":
        return r * r / 2, r
    if name == "absolute":
        return size, np.sign(r) + 2.0 * (r == 0)
    if name == "huber":
        return np.where(size <= delta, r * r / 2, delta * (size - delta / 2)), np.clip(r, -delta, delta)
    if name == "hinge":
        return np.maximum(1 - r, 0), -1.0 * (r < 1)
    if name == "insensitive":
        return np.maximum(size - delta, 0), np.sign(r) * (size > delta)
    raise ValueError(name)
