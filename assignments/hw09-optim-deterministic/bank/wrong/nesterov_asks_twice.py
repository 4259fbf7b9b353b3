"""Asks at x as well, to watch the gradient.

replaces: nesterov
fails: nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum nesterov-edges
"""
def nesterov(orc, x0, L, mu, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = k / (k + 3) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        watched = np.linalg.norm(orc.g(X[k]))
        X[k + 1] = y - orc.g(y) / L
    return X
