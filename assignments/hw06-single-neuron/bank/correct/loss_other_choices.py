"""Other sub-gradients at the kinks; huber as an infimum.

replaces: scalar_loss
"""
def scalar_loss(name, r, delta=1.0):
    r = np.array(r, dtype=float)
    if name == "squared":
        return 0.5 * r**2, 1.0 * r
    if name == "absolute":
        return np.maximum(r, -r), np.where(r >= 0, 1.0, -1.0)
    if name == "huber":
        near = np.minimum(np.maximum(r, -delta), delta)
        return near**2 / 2 + delta * np.abs(r - near), near
    if name == "hinge":
        return np.where(r <= 1, 1 - r, 0.0), np.where(r < 1, -1.0, np.where(r > 1, 0.0, -0.25))
    return np.maximum(np.maximum(r - delta, -r - delta), 0.0), 1.0 * (r >= delta) - (r <= -delta)
