"""The classical sequence t_k, also for mu > 0 with its constant momentum.

replaces: nesterov
"""
def nesterov(orc, x0, L, mu, steps):
    x, t = np.array(x0, dtype=float), 1.0
    y, X = x, [x]
    for _ in range(steps):
        new = y - orc.g(y) / L
        after = (1 + np.sqrt(1 + 4 * t * t)) / 2
        beta = (t - 1) / after if mu == 0 else (1 - np.sqrt(mu / L)) / (1 + np.sqrt(mu / L))
        y, x, t = new + beta * (new - x), new, after
        X.append(x)
    return np.array(X)
