"""Takes every slope above -1e-12 for level.

replaces: armijo
fails: armijo-tiny
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if slope > -1e-12:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 + c * t * slope:
        t /= 2
    return t
