"""Asks for the gradient at x, not at y: the heavy ball.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = k / (k + 3) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        X[k + 1] = X[k] + beta * (X[k] - X[max(k - 1, 0)]) - orc.g(X[k]) / L
    return X
