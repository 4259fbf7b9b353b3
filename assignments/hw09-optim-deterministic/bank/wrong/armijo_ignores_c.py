"""Takes 1e-4 whatever c says.

replaces: armijo
fails: armijo-condition
"""
def armijo(orc, x, p, c=1e-4):
    f0, slope = orc.f(x), orc.g(x) @ p
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope:
        t /= 2
    return t
