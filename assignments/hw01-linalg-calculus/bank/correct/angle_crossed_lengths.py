"""The rhombus of |v| u and |u| v.

replaces: angle
"""
def angle(u, v):
    u, v = [np.asarray(w, dtype=float) / (max(abs(t) for t in w) or math.inf) for w in (u, v)]
    a, b = math.hypot(*u), math.hypot(*v)
    if a == 0 or b == 0:
        raise ValueError("zero vector")
    return 2 * math.atan2(math.hypot(*(b * u - a * v)), math.hypot(*(b * u + a * v)))
