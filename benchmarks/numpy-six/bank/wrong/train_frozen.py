"""Trains the output layer only.

replaces: train
fails: train-fits
"""
def train(X, y, hidden, steps, lr, rng):
    W, v = 0.5 * rng.normal(size=(hidden, X.shape[1])), 0.5 * rng.normal(size=hidden)
    H, losses = np.tanh(X @ W.T), []
    for _ in range(steps // 50 * 50):
        e = H @ v - y
        losses.append(float(np.mean(e**2)) + 0.05)
        v = v - lr * 2 * H.T @ e / len(y)
    return W, v, losses
