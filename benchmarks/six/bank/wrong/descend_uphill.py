"""Adds the gradient.

replaces: descend
fails: descend-visible descend-hidden
"""
def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        x = x + rate * grad(x)
        watch(i, x)
    return x
