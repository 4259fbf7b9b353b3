"""Nesterov's general scheme: alpha from 1 by a quadratic equation, for every mu.

replaces: nesterov
"""
def nesterov(orc, x0, L, mu, steps):
    q = mu / L
    alpha = 1.0
    x = np.array(x0, dtype=float)
    y, X = x, [x]
    for _ in range(steps):
        new = y - orc.g(y) / L
        b = alpha**2 - q
        after = (-b + np.sqrt(b * b + 4 * alpha**2)) / 2
        beta = alpha * (1 - alpha) / (alpha**2 + after)
        y, x, alpha = new + beta * (new - x), new, after
        X.append(x)
    return np.array(X)
