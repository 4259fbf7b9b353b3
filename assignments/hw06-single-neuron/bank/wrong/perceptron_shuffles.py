"""The rows in another order in each epoch.

replaces: perceptron
fails: perceptron-replay perceptron-stops perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    rng = np.random.default_rng(0)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for i in rng.permutation(len(X)):
            if y[i] * (w @ X[i]) <= 0:
                w = w + y[i] * X[i]
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
