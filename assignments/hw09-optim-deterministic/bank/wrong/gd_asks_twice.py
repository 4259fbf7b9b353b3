"""Asks for every gradient twice.

replaces: gd
fails: gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        if np.linalg.norm(orc.g(X[k])) >= 0:
            X[k + 1] = X[k] - lr * orc.g(X[k])
    return X
