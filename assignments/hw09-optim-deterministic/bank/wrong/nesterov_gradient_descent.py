"""Gradient descent under another name.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - orc.g(X[k]) / L
    return X
