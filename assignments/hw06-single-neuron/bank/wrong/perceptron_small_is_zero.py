"""Products below 1e-8 count as zero: data of small size never end.

replaces: perceptron
fails: perceptron-scale
"""
def perceptron(X, y, max_epochs):
    X = np.asarray(X, dtype=float)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 1e-8:
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
