"""Goes to the minimum of a parabola, kept between a tenth and a half.

replaces: armijo
"""
def armijo(orc, x, p, c=1e-4):
    slope = float(orc.g(x) @ p)
    if not slope < 0:
        raise ValueError("uphill")
    here, t = orc.f(x), 1.0
    while True:
        there = orc.f(x + t * p)
        if there <= here + c * t * slope:
            return t
        bend = there - here - t * slope
        t = np.clip(-slope * t * t / (2 * bend), 0.1 * t, 0.5 * t) if np.isfinite(bend) else t / 2
