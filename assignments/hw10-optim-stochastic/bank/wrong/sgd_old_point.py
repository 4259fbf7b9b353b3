"""Takes all gradients at the start.

replaces: sgd
fails: sgd-by_hand sgd-recursion sgd-uniform sgd-noise
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * gi(int(rng.integers(n)), X[0])
    return X
