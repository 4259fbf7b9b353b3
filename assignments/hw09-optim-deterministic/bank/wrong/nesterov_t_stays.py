"""Never updates t after the second step, so the momentum stays small.

replaces: nesterov
fails: nesterov-convex nesterov-spectrum
"""
def nesterov(orc, x0, L, mu, steps):
    x, t = np.array(x0, dtype=float), (1 + np.sqrt(5)) / 2
    y, X = x, [x]
    for _ in range(steps):
        new = y - orc.g(y) / L
        after = (1 + np.sqrt(1 + 4 * t * t)) / 2
        beta = (t - 1) / after if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y, x = new + beta * (new - x), new
        X.append(x)
    return np.array(X)
