"""Starts over at every second step.

replaces: nesterov
fails: nesterov-first_steps nesterov-convex nesterov-strongly_convex nesterov-spectrum
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = 0.0 if k % 2 == 0 else 0.25
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
