"""Walks along the gradient, not against it.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] + lr * orc.g(X[k])
    return X
