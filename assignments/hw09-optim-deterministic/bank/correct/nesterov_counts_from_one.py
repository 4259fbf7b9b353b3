"""beta = (k - 1) / (k + 2), which is one step behind.

replaces: nesterov
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = max(k - 1, 0) / (k + 2) if mu == 0 else (np.sqrt(L / mu) - 1) / (np.sqrt(L / mu) + 1)
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
