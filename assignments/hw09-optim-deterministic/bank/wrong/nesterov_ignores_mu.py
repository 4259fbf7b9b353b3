"""Takes the growing momentum also where mu is known.

replaces: nesterov
fails: nesterov-strongly_convex
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        y = X[k] + k / (k + 3) * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
