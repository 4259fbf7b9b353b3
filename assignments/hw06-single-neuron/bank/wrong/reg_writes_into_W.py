"""Adds the gradient of the penalty in place, to W itself.

replaces: softmax_reg
fails: softmax_reg-habits
"""
def softmax_reg(W, b, X, y, reg):
    W, b, X = (np.asarray(part, dtype=float) for part in (W, b, X))
    n = len(X)
    Z = X @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    value = -np.mean(log_P[np.arange(n), y]) + reg * np.sum(W * W) / 2
    error = np.exp(log_P)
    error[np.arange(n), y] -= 1
    error = error / n
    W *= reg
    W += X.T @ error
    return float(value), W, error.sum(axis=0)
