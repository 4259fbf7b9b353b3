"""c has the wrong sign: a rise is allowed.

replaces: armijo
fails: armijo-by_hand armijo-condition
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 - c * t * slope:
        t /= 2
    return t
