"""The length of the chord in place of the arc.

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
    return float(np.sqrt((u - v) @ (u - v)))
