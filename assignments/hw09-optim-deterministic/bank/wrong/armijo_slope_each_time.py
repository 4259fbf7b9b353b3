"""Asks for the same gradient in every turn.

replaces: armijo
fails: armijo-condition armijo-tiny armijo-refuses
"""
def armijo(orc, x, p, c=1e-4):
    if not orc.g(x) @ p < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= orc.f(x) + c * t * (orc.g(x) @ p):
        t /= 2
    return t
