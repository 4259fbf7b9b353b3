"""Shortens by 0.7 and counts.

replaces: armijo
"""
def armijo(orc, x, p, c=1e-4):
    slope = np.dot(orc.g(x), p)
    if slope >= 0 or np.isnan(slope):
        raise ValueError("uphill")
    here, t = orc.f(x), 1.0
    for _ in range(400):
        there = orc.f(x + t * p)
        if np.isfinite(there) and there <= here + c * t * slope:
            return t
        t *= 0.7
    raise RuntimeError("no step found")
