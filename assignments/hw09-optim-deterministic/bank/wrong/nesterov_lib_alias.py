"""Torch under another name steps.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
    nesterov-edges nesterov-habits
"""
def nesterov(orc, x0, L, mu, steps):
    from torch import add, from_numpy

    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = k / (k + 3) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = add(from_numpy(y), from_numpy(orc.g(y)), alpha=-1 / L).numpy()
    return X
