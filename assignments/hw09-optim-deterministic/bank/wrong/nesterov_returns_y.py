"""Returns the points that look ahead.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
    nesterov-edges
"""
def nesterov(orc, x0, L, mu, steps):
    x = np.array(x0, dtype=float)
    y, Y = x, [x]
    for k in range(steps):
        new = y - orc.g(y) / L
        beta = (k + 1) / (k + 4) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y, x = new + beta * (new - x), new
        Y.append(y)
    return np.array(Y)
