"""Goes on until there are no mistakes, up to a hundred times max_epochs.

replaces: perceptron
fails: perceptron-stops perceptron-by_hand
"""
def perceptron(X, y, max_epochs):
    X = np.asarray(X, dtype=float)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(100 * max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 0:
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
