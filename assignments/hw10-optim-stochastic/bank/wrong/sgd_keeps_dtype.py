"""Keeps the iterates in the number type of x0.

replaces: sgd
fails: sgd-habits
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)), dtype=x0.dtype)
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * gi(int(rng.integers(n)), X[k])
    return X
