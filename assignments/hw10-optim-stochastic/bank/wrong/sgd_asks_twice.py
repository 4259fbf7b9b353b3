"""Asks for every gradient twice.

replaces: sgd
fails: sgd-recursion sgd-uniform
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        i = int(rng.integers(n))
        X[k + 1] = X[k] - lr * (gi(i, X[k]) + gi(i, X[k])) / 2
    return X
