"""Stores all gradients at the snapshot: their mean is the full gradient.

replaces: svrg
"""
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    snapshots = [np.array(x0, dtype=float)]
    for _ in range(epochs):
        x = snapshots[-1].copy()
        table = np.array([gi(i, x) for i in range(n)])
        mean = table.mean(axis=0)
        for _ in range(m):
            i = rng.choice(n)
            x -= lr * (gi(i, x) - table[i] + mean)
        snapshots.append(x)
    return np.array(snapshots)
