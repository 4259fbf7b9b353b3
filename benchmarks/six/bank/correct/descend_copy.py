"""A copy, changed in place.

replaces: descend
"""
def descend(grad, x, rate, steps, watch):
    x = x.copy()
    for i in range(steps):
        x -= rate * grad(x)
        watch(i, x)
    return x
