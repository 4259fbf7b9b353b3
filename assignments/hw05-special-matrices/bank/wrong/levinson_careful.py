"""Refuses when 1 - epsilon^2 is small.

replaces: levinson
fails: levinson-solution
"""
def levinson(t, b):
    t, b = (a if a.dtype == object else a.astype(float) for a in map(np.asarray, (t, b)))
    if not t[0] > 0:
        raise ValueError("T should be positive definite")
    f, x = 1 / t[:1], b[:1] / t[:1]
    for k in range(1, len(t)):
        back = t[k:0:-1]
        epsilon = back @ f
        rest = 1 - epsilon * epsilon
        if not rest > 1e-2:
            raise ValueError("T should be positive definite")
        g = np.concatenate([[0.0], f[::-1]])
        f = (np.concatenate([f, [0.0]]) - epsilon * g) / rest
        x = np.concatenate([x, [0.0]]) + (b[k] - back @ x) * f[::-1]
    return x
