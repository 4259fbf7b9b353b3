"""The part of v beside u against the part along u.

replaces: angle
"""
def angle(u, v):
    u, v = [np.array(w, dtype=float) for w in (u, v)]
    if not u.any() or not v.any():
        raise ValueError("a zero vector has no angle")
    u, v = u / np.abs(u).max(), v / np.abs(v).max()
    along = (u @ v) / (u @ u)
    beside = v - along * u
    return float(np.arctan2(np.sqrt((beside @ beside) * (u @ u)), u @ v))
