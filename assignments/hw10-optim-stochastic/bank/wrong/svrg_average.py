"""The mean of the iterates is the next snapshot.

replaces: svrg
fails: svrg-by_hand svrg-recursion svrg-work svrg-uniform
"""
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    """SVRG with m steps per epoch: returns the snapshots X (epochs + 1, d)."""
    X = np.empty((epochs + 1, len(x0)))
    X[0] = x0
    for epoch in range(epochs):
        snapshot, x = X[epoch], X[epoch].copy()
        mean = full(snapshot)
        total = 0 * x
        for i in rng.integers(n, size=m):
            x = x - lr * (gi(int(i), x) - gi(int(i), snapshot) + mean)
            total = total + x
        X[epoch + 1] = total / m
    return X
