"""Lengths that overflow at 1e200.

replaces: angle
fails: angle-scale
"""
def angle(u, v):
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    if not u.any() or not v.any():
        raise ValueError("zero vector")
    u, v = u / np.sqrt(u @ u), v / np.sqrt(v @ v)
    minus, plus = u - v, u + v
    return float(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus)))
