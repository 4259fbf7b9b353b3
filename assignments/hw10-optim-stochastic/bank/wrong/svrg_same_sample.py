"""One index per epoch.

replaces: svrg
fails: svrg-linear svrg-uniform
sometimes: svrg-recursion
"""
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    """SVRG with m steps per epoch: returns the snapshots X (epochs + 1, d)."""
    X = np.empty((epochs + 1, len(x0)))
    X[0] = x0
    for epoch in range(epochs):
        snapshot, x = X[epoch], X[epoch].copy()
        mean = full(snapshot)
        for i in [rng.integers(n)] * m:
            x = x - lr * (gi(int(i), x) - gi(int(i), snapshot) + mean)
        X[epoch + 1] = x
    return X
