"""Collects the mistakes of an epoch and adds them together.

replaces: perceptron
fails: perceptron-replay perceptron-stops perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        bad = y * (X @ w) <= 0
        if not bad.any():
            break
        w = w + y[bad] @ X[bad]
        mistakes += int(bad.sum())
    return w, mistakes
