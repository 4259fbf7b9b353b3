"""numpy's norm by name.

replaces: angle
fails: angle-by_hand angle-values angle-small angle-parallel angle-scale angle-habits
"""
def angle(u, v):
    u, v = [np.array(w, dtype=float) / np.abs(w).max() for w in (u, v)]
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return float(2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v)))
