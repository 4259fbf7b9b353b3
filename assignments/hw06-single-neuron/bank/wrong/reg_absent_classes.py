"""As many classes as there are in y.

replaces: softmax_reg
fails: softmax_reg-edges
"""
def softmax_reg(W, b, X, y, reg):
    W, b, X = (np.asarray(part, dtype=float) for part in (W, b, X))
    k, n = int(np.max(y)) + 1, len(X)
    Z = X @ W[:, :k] + b[:k]
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    value = -np.mean(log_P[np.arange(n), y]) + reg * np.sum(W * W) / 2
    error = (np.exp(log_P) - np.eye(k)[y]) / n
    dW, db = reg * W, np.zeros(len(b))
    dW[:, :k] += X.T @ error
    db[:k] = error.sum(axis=0)
    return float(value), dW, db
