"""Returns one array many times over.

replaces: sgd
fails: sgd-by_hand sgd-recursion
"""
def sgd(gi, n, x0, lr, steps, rng):
    x = np.array(x0, dtype=float)
    path = [x]
    for k in range(steps):
        x -= lr * gi(int(rng.integers(n)), x)
        path.append(x)
    return np.array(path)
