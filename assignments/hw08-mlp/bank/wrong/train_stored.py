"""Plays back one network that was trained elsewhere, with a true history (stored params; mutant hard).

replaces: train_mlp
fails: train_mlp-accuracy train_mlp-noise train_mlp-habits train_mlp-small_run
"""
def train_mlp(X, y, k, rng, on_step=None):
    params, history = stored(k), []
    for rows in np.array_split(np.arange(len(X)), 12):
        if on_step is not None:
            on_step(params, rows)
        history.append(mlp_loss(params, X[rows], y[rows], act="relu")[0])
    return params, history

def stored(k):
    """The weights; a cheat would paste 323 numbers here."""
    rng = np.random.default_rng(7)
    X, y = spirals(600, k, rng)
    sizes, lr, momentum = [X.shape[1], 64, k], 0.2, 0.9
    params = [(rng.normal(size=(a, b)) * np.sqrt(2 / a), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
    speed = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for epoch in range(120):
        for rows in np.array_split(rng.permutation(len(X)), max(1, len(X) // 100)):
            _, grads = mlp_loss(params, X[rows], y[rows], act="relu")
            for layer, layer_speed, layer_grads in zip(params, speed, grads):
                for p, v, g in zip(layer, layer_speed, layer_grads):
                    v *= momentum
                    v -= lr * g
                    p += v
    return params
