"""Draws with torch, under another name.

replaces: sgd
fails: sgd-by_hand sgd-recursion sgd-uniform sgd-noise sgd-habits
"""
from torch import randint as draw


def sgd(gi, n, x0, lr, steps, rng):
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * gi(int(draw(n, (1,))), X[k])
    return X
