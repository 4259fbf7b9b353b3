"""Takes the constant momentum also for mu = 0, where it is 1.

replaces: nesterov
fails: nesterov-convex nesterov-spectrum
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    beta = (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
    for k in range(steps):
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
