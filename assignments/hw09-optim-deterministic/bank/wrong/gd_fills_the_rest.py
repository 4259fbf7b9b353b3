"""Repeats the last row once the gradient is below 1e-8.

replaces: gd
fails: gd-edges
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        g = orc.g(X[k])
        if np.linalg.norm(g) < 1e-8:
            X[k + 1:] = X[k]
            break
        X[k + 1] = X[k] - lr * g
    return X
