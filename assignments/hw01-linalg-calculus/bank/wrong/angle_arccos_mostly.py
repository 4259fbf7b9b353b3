"""The rhombus only where the cosine has lost nearly all.

replaces: angle
fails: angle-small
"""
def angle(u, v):
    def unit(w):
        w = np.array(w, dtype=float)
        top = np.abs(w).max()
        if top == 0:
            raise ValueError("a zero vector has no direction")
        w = w / top
        return w / np.sqrt(w @ w)

    u, v = unit(u), unit(v)
    if abs(u @ v) < 1 - 1e-10:
        return float(np.arccos(u @ v))
    minus, plus = u - v, u + v
    return float(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus)))
