"""Records the history only when somebody watches.

replaces: train_mlp
fails: train_mlp-habits
"""
def train_mlp(X, y, k, rng, on_step=None):
    """Train a ReLU network on (X, y): returns params [(W, b), ...] and history [loss, ...]."""
    sizes, lr, momentum = [X.shape[1], 64, k], 0.2, 0.9
    params = [(rng.normal(size=(a, b)) * np.sqrt(2 / a), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
    speed = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    history = []
    for epoch in range(120):
        for rows in np.array_split(rng.permutation(len(X)), max(1, len(X) // 100)):
            if on_step is not None:
                on_step(params, rows)
            loss, grads = mlp_loss(params, X[rows], y[rows], act="relu")
            if on_step is not None:
                history.append(loss)
            for layer, layer_speed, layer_grads in zip(params, speed, grads):
                for p, v, g in zip(layer, layer_speed, layer_grads):
                    v *= momentum
                    v -= lr * g
                    p += v
    return params, history
