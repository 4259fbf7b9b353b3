"""A list of new arrays, stacked at the end; one gradient more at the last point.

replaces: gd
"""
def gd(orc, x0, lr, steps):
    x = np.array(x0, dtype=float)
    X, g = [x], orc.g(x)
    for _ in range(steps):
        x = x - lr * g
        g = orc.g(x)
        X.append(x)
    return np.stack(X)
