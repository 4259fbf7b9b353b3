"""Leaves the start out.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    X, x = [], np.array(x0, dtype=float)
    for _ in range(steps):
        x = x - lr * orc.g(x)
        X.append(x)
    return np.array(X)
