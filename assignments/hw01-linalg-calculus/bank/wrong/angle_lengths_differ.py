"""The rhombus without vectors of the same length.

replaces: angle
fails: angle-by_hand angle-values angle-small angle-parallel angle-scale angle-habits
"""
def angle(u, v):
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    if not u.any() or not v.any():
        raise ValueError("zero vector")
    minus, plus = u - v, u + v
    return float(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus)))
