"""A new order in every epoch: not independent.

replaces: sgd
fails: sgd-uniform sgd-noise
"""
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        if k % n == 0:
            order = rng.permutation(n)
        X[k + 1] = X[k] - lr * gi(int(order[k % n]), X[k])
    return X
