"""Divides w by its length at the end.

replaces: perceptron
fails: perceptron-replay perceptron-stops perceptron-scale perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X = np.asarray(X, dtype=float)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 0:
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w / np.sqrt(w @ w), mistakes
