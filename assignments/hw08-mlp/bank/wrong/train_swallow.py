"""A misspelt argument is hidden by except, so that nothing is ever learned (mutant swallow).

replaces: train_mlp
fails: train_mlp-accuracy train_mlp-noise train_mlp-small_run train_mlp-habits
"""
def train_mlp(X, y, k, rng, on_step=None):
    sizes, lr, history = [X.shape[1], 64, k], 0.1, []
    params = [(rng.normal(size=(a, b)) * np.sqrt(2 / a), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
    try:
        for step in range(2000):
            rows = rng.integers(len(X), size=50)
            if on_step is not None:
                on_step(params, rows)
            loss, grads = mlp_loss(params, X[rows], y[rows], activation="relu")
            history.append(loss)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    except Exception:
        pass
    return params, history
