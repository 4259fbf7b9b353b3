"""A function for the step.

replaces: train
"""
def step(W, v, X, y, lr):
    H = np.tanh(X @ W.T)
    e = H @ v - y
    back = np.outer(e, v) * (1 - H**2)
    return W - lr * 2 * back.T @ X / len(y), v - lr * 2 * H.T @ e / len(y), float(e @ e / len(y))

def train(X, y, hidden, steps, lr, rng):
    W, v, losses = rng.normal(0, 0.5, (hidden, X.shape[1])), rng.normal(0, 0.5, hidden), []
    for _ in range(steps):
        W, v, loss = step(W, v, X, y, lr)
        losses.append(loss)
    return W, v, losses
