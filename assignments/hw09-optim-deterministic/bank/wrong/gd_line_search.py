"""Halves the step where the value would rise, and shortens it for good.

replaces: gd
fails: gd-recursion
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        g = orc.g(X[k])
        while orc.f(X[k] - lr * g) > orc.f(X[k]):
            lr /= 2
        X[k + 1] = X[k] - lr * g
    return X
