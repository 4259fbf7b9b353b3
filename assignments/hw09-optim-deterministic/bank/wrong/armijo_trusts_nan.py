"""A comparison with nan ends the loop.

replaces: armijo
fails: armijo-refuses
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if slope >= 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while orc.f(x + t * p) > f0 + c * t * slope:
        t /= 2
    return t
