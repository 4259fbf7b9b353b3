"""Plain lists and numbers.

replaces: perceptron
"""
def perceptron(X, y, max_epochs):
    rows, labels = np.asarray(X, dtype=float).tolist(), np.asarray(y).tolist()
    w, count, seen = [0.0] * len(rows[0]), 0, 0
    for step in range(max_epochs * len(rows)):
        x, label = rows[step % len(rows)], labels[step % len(rows)]
        seen += 1
        if sum(a * b for a, b in zip(w, x)) * label <= 0:
            w = [a + label * b for a, b in zip(w, x)]
            count, seen = count + 1, 0
        if seen == len(rows):
            break
    return np.array(w), count
