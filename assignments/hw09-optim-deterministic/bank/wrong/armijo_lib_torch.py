"""Torch multiplies.

replaces: armijo
fails: armijo-by_hand armijo-condition armijo-tiny armijo-refuses armijo-habits
"""
def armijo(orc, x, p, c=1e-4):
    import torch

    x, p = (np.array(v, dtype=float) for v in (x, p))
    f0, slope = orc.f(x), float(torch.dot(torch.from_numpy(orc.g(x)), torch.from_numpy(p)))
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 + c * t * slope:
        t /= 2
    return t
