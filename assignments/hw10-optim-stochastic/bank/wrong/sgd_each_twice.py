"""Takes every drawn term in two steps.

replaces: sgd
fails: sgd-uniform sgd-noise
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        if k % 2 == 0:
            i = int(rng.integers(n))
        X[k + 1] = X[k] - lr * gi(i, X[k])
    return X
