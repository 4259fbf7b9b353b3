"""Never calls watch.

replaces: descend
fails: descend-hidden
"""
def descend(grad, x, rate, steps, watch):
    for _ in range(steps):
        x = x - rate * grad(x)
    return x
