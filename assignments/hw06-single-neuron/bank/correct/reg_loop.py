"""Example by example, summed and divided at the end.

replaces: softmax_reg
"""
def softmax_reg(W, b, X, y, reg):
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    total, dW, db = 0.0, np.zeros(W.shape), np.zeros(b.shape)
    for x, label in zip(np.asarray(X, dtype=float), y):
        z = W.T @ x + b
        z = z - np.max(z)
        weight = np.exp(z)
        total += math.log(weight.sum()) - z[label]
        p = weight / weight.sum()
        p[label] -= 1.0
        dW += x[:, None] * p
        db += p
    n = len(y)
    return total / n + reg / 2 * float((W**2).sum()), dW / n + reg * W, db / n
