"""Torch under another name multiplies.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges gd-habits
"""
import torch as numbers


def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = numbers.add(numbers.from_numpy(X[k].copy()), numbers.from_numpy(orc.g(X[k])), alpha=-lr).numpy()
    return X
