"""Learns a bias and does not tell.

replaces: perceptron
fails: perceptron-replay perceptron-bound perceptron-stops perceptron-scale perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X = np.asarray(X, dtype=float)
    w, bias, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x + bias) <= 0:
                w, bias = w + label * x, bias + label
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
