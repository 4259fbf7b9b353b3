"""Stops where the gradient is small, with fewer rows.

replaces: gd
fails: gd-edges
"""
def gd(orc, x0, lr, steps):
    X = [np.array(x0, dtype=float)]
    for _ in range(steps):
        g = orc.g(X[-1])
        if np.linalg.norm(g) < 1e-8:
            break
        X.append(X[-1] - lr * g)
    return np.array(X)
