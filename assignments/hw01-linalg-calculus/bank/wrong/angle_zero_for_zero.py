"""A zero vector gets the angle 0 and no exception.

replaces: angle
fails: angle-scale
"""
def angle(u, v):
    def unit(w):
        w = np.array(w, dtype=float)
        top = np.abs(w).max()
        if top == 0:
            return w
        w = w / top
        return w / np.sqrt(w @ w)

    u, v = unit(u), unit(v)
    minus, plus = u - v, u + v
    return float(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus)))
