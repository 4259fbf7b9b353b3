"""Walks in the argument.

replaces: sgd
fails: sgd-habits
"""
def sgd(gi, n, x0, lr, steps, rng):
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        x0 -= (lr * gi(int(rng.integers(n)), x0)).astype(x0.dtype)
        X[k + 1] = x0
    return X
