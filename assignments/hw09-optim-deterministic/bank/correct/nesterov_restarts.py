"""Forgets its momentum when the last step went uphill along the gradient.

replaces: nesterov
"""
def nesterov(orc, x0, L, mu, steps):
    x = np.array(x0, dtype=float)
    y, X, k = x, [x], 0
    for _ in range(steps):
        g = orc.g(y)
        new = y - g / L
        k = 0 if mu == 0 and g @ (new - x) > 0 else k + 1
        beta = k / (k + 3) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y, x = new + beta * (new - x), new
        X.append(x)
    return np.array(X)
