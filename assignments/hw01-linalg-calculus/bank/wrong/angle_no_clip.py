"""The textbook formula, nan for parallel vectors.

replaces: angle
fails: angle-small angle-parallel
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
    return float(np.arccos(u @ v))
