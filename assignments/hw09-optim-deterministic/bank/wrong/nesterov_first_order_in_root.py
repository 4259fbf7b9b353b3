"""beta = 1 - 2 sqrt(mu / L), which is below zero for mu > L / 4.

replaces: nesterov
fails: nesterov-strongly_convex nesterov-looks_ahead
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = k / (k + 3) if mu == 0 else 1 - 2 * np.sqrt(mu / L)
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
