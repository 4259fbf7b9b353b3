"""A matrix of ones and zeros, and logaddexp for the denominator.

replaces: softmax_reg
"""
def softmax_reg(W, b, X, y, reg):
    W, X = np.array(W, dtype=float), np.array(X, dtype=float)
    n, k = X.shape[0], W.shape[1]
    Y = np.eye(k)[np.asarray(y)]
    scores = X.dot(W) + np.asarray(b)[None, :]
    logs = np.logaddexp.reduce(scores, axis=1)
    P = np.exp(scores - logs[:, None])
    G = (P - Y) / n
    loss = (logs.sum() - (scores * Y).sum()) / n + 0.5 * reg * np.linalg.norm(W) ** 2
    return loss, np.dot(X.T, G) + reg * W, np.ones(n) @ G
