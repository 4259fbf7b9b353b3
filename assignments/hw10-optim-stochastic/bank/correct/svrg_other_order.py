"""Asks at the snapshot first, draws in every step, and collects in a list.

replaces: svrg
"""
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    def epoch(snapshot):
        mean, x, inner = full(snapshot), snapshot, 0
        while inner < m:
            i, inner = min(int(n * rng.random()), n - 1), inner + 1
            correction = mean - gi(i, snapshot)
            x = x - lr * (correction + gi(i, x))
        return x

    X = [np.asarray(x0, dtype=np.float64) + 0.0]
    while len(X) <= epochs:
        X.append(epoch(X[-1]))
    return np.stack(X)
