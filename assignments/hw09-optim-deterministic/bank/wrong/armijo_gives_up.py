"""Gives up after thirty trials.

replaces: armijo
fails: armijo-tiny
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    for _ in range(30):
        if orc.f(x + t * p) <= f0 + c * t * slope:
            break
        t /= 2
    return t
