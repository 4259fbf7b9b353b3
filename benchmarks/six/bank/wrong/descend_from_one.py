"""Counts the steps from one.

replaces: descend
fails: descend-hidden
"""
def descend(grad, x, rate, steps, watch):
    for i in range(1, steps + 1):
        x = x - rate * grad(x)
        watch(i, x)
    return x
