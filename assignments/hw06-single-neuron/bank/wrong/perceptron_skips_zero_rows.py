"""A row of zeros is no mistake.

replaces: perceptron
fails: perceptron-stops
"""
def perceptron(X, y, max_epochs):
    """Cyclic perceptron through the origin: returns w (d,) and the number of updates."""
    # Two loops: epochs, rows. Count the updates
    # and remember whether this epoch had one.
    X = np.asarray(X, dtype=float)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 0 and x.any():
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
