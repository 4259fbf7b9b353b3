"""Nine tenths at every step, whatever mu and k.

replaces: nesterov
fails: nesterov-convex nesterov-strongly_convex
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = 0.9
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
