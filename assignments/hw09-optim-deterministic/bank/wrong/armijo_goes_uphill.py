"""Accepts any direction.

replaces: armijo
fails: armijo-refuses
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope, t = orc.f(x), orc.g(x) @ p, 1.0
    while not orc.f(x + t * p) <= f0 + c * t * slope:
        t /= 2
    return t
