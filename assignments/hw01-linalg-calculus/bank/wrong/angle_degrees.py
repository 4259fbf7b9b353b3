"""Degrees.

replaces: angle
fails: angle-by_hand angle-values angle-small angle-parallel angle-scale angle-habits
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
    minus, plus = u - v, u + v
    return float(np.degrees(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus))))
