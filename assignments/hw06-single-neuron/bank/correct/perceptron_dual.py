"""Counts how often each row was added; w is made at the end.

replaces: perceptron
"""
def perceptron(X, y, max_epochs):
    X, y = np.array(X, dtype=float), np.array(y)
    gram = X @ X.T
    alpha = np.zeros(len(X))
    for _ in range(max_epochs):
        clean = True
        for i in range(len(X)):
            if y[i] * ((alpha * y) @ gram[:, i]) <= 0:
                alpha[i] += 1
                clean = False
        if clean:
            break
    return (alpha * y) @ X, int(alpha.sum())
