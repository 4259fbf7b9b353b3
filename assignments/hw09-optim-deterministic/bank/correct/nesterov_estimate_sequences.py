"""Nesterov's second sequence v, and y between it and x: y_0 is x_0 up to rounding.

replaces: nesterov
"""
def nesterov(orc, x0, L, mu, steps):
    x = np.array(x0, dtype=float)
    v, X = x, [x]
    for k in range(steps):
        a = np.sqrt(mu / L) if mu > 0 else 2 / (k + 2)
        y = (x + a * v) / (1 + a) if mu > 0 else (1 - a) * x + a * v
        new = y - orc.g(y) / L
        v, x = x + (new - x) / a, new
        X.append(x)
    return np.array(X)
