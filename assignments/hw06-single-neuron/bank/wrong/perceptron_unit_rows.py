"""Divides each row by its length.

replaces: perceptron
fails: perceptron-replay perceptron-stops perceptron-scale perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X = np.asarray(X, dtype=float)
    X = X / np.maximum(np.sqrt((X * X).sum(axis=1, keepdims=True)), 1e-300)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 0:
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
