"""Goes back to the first row after each update.

replaces: perceptron
fails: perceptron-replay perceptron-stops perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, mistakes = np.zeros(X.shape[1]), 0
    while mistakes < max_epochs * len(X):
        bad = np.flatnonzero(y * (X @ w) <= 0)
        if not len(bad):
            break
        w = w + y[bad[0]] * X[bad[0]]
        mistakes += 1
    return w, mistakes
