"""Lets the step size fall.

replaces: sgd
fails: sgd-by_hand sgd-recursion sgd-uniform sgd-noise
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr / (k + 1) * gi(int(rng.integers(n)), X[k])
    return X
