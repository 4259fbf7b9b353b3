"""Each index comes as often as the others within an epoch.

replaces: svrg
fails: svrg-uniform
"""
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    """SVRG with m steps per epoch: returns the snapshots X (epochs + 1, d)."""
    X = np.empty((epochs + 1, len(x0)))
    X[0] = x0
    for epoch in range(epochs):
        snapshot, x = X[epoch], X[epoch].copy()
        mean = full(snapshot)
        for i in rng.permutation(np.arange(m) % n):
            x = x - lr * (gi(int(i), x) - gi(int(i), snapshot) + mean)
        X[epoch + 1] = x
    return X
