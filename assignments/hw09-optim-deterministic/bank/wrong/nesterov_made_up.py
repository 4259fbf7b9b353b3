"""Looks for the minimum in its own way and draws a curve to it that is fast enough.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
    nesterov-edges
"""
def nesterov(orc, x0, L, mu, steps):
    x = np.array(x0, dtype=float)
    for _ in range(steps):
        x = x - orc.g(x) / L
    return x + (np.array(x0) - x) / np.arange(1, steps + 2)[:, None] ** 2
