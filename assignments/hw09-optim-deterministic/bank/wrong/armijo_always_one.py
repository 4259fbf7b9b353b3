"""Takes the whole step, always.

replaces: armijo
fails: armijo-by_hand armijo-condition armijo-tiny armijo-refuses
"""
def armijo(orc, x, p, c=1e-4):
    if not orc.g(x) @ p < 0:
        raise ValueError("p is not a descent direction")
    return 1.0
