"""Shortens by a hundred each time.

replaces: armijo
fails: armijo-condition armijo-tiny armijo-refuses
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 + c * t * slope:
        t /= 100
    return t
