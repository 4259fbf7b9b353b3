"""Returns no losses.

replaces: train
fails: train-history train-fits
"""
def train(X, y, hidden, steps, lr, rng):
    W, v = 0.5 * rng.normal(size=(hidden, X.shape[1])), 0.5 * rng.normal(size=hidden)
    for _ in range(steps):
        H = np.tanh(X @ W.T)
        e = H @ v - y
        W, v = W - lr * 2 * (np.outer(e, v) * (1 - H**2)).T @ X / len(y), v - lr * 2 * H.T @ e / len(y)
    return W, v, []
