"""Takes the largest label of the batch for the last class.

replaces: mlp_loss
fails: mlp_loss-laws
"""
def mlp_loss(params, X, y, act="tanh", reg=0.0):
    """Mean cross-entropy of an MLP and its gradients: returns loss, [(dW, db), ...]."""
    n, H, inputs = len(X), X, []
    for layer, (W, b) in enumerate(params):
        inputs.append(H)
        Z = H @ W + b
        if layer < len(params) - 1:
            H = np.tanh(Z) if act == "tanh" else np.maximum(Z, 0)
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), y].mean() + reg / 2 * sum((W**2).sum() for W, _ in params)

    G = (np.exp(log_p) - np.eye(y.max() + 1)[y]) / n
    grads = []
    for (W, _), H in zip(reversed(params), reversed(inputs)):
        grads.append((H.T @ G + reg * W, G.sum(axis=0)))
        G = G @ W.T * (1 - H**2 if act == "tanh" else H > 0)
    return loss, grads[::-1]
