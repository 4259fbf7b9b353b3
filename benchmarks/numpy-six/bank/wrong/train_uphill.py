"""Adds the gradient.

replaces: train
fails: train-history train-fits
"""
def train(X, y, hidden, steps, lr, rng):
    W, v = 0.5 * rng.normal(size=(hidden, X.shape[1])), 0.5 * rng.normal(size=hidden)
    losses = []
    for _ in range(steps):
        H = np.tanh(X @ W.T)
        e = H @ v - y
        losses.append(float(np.mean(e**2)))
        v = v + 0.01 * lr * H.T @ e / len(y)
    return W, v, losses
