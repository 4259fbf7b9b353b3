"""Makes every step of length lr.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges
"""
def gd(orc, x0, lr, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        g = orc.g(X[k])
        X[k + 1] = X[k] - lr * g / max(np.linalg.norm(g), 1e-300)
    return X
