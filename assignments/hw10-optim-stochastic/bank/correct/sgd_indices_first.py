"""Draws all indices first, as floats times n.

replaces: sgd
"""
def sgd(gi, n, x0, lr, steps, rng):
    indices = np.floor(n * rng.random(steps)).astype(int)
    X = np.zeros((steps + 1, len(x0)))
    x = np.array(x0, dtype=float)
    X[0] = x
    for k, i in enumerate(indices, 1):
        x = x - lr * gi(i, x)
        X[k] = x
    return X
