"""Never asks for a gradient: differences of values take its place.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        e = 1e-6 * np.eye(len(x0))
        g = np.array([(orc.f(X[k] + h) - orc.f(X[k] - h)) / 2e-6 for h in e])
        X[k + 1] = X[k] - lr * g
    return X
