"""Collects rows in a list, and draws by choice.

replaces: sgd
"""
def sgd(gi, n, x0, lr, steps, rng):
    path = [np.array(x0, dtype=np.float64)]
    for _ in range(steps):
        x = path[-1]
        path.append(x - lr * np.asarray(gi(rng.choice(n), x)))
    return np.stack(path)
