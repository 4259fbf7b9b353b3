"""Numpy without mlp_loss: 2-14-14-3, Nesterov momentum, a falling step size, rows drawn with replacement.

replaces: train_mlp
"""
def train_mlp(X, y, k, rng, on_step=None):
    sizes, steps = [X.shape[1], 14, 14, k], 1000
    params = [[rng.uniform(-1, 1, size=(a, b)) * np.sqrt(6 / a), 0.1 * rng.normal(size=b)]
              for a, b in zip(sizes, sizes[1:])]
    speed = [[0 * p for p in layer] for layer in params]
    history = np.empty(steps)
    for step in range(steps):
        lr = 0.08 * (1 - step / steps) ** 0.5
        params = [[p + 0.9 * v for p, v in zip(layer, velocity)] for layer, velocity in zip(params, speed)]
        rows = rng.integers(len(y), size=64)
        if on_step is not None:
            on_step(params, rows)
        inputs = [X[rows]]
        for W, b in params:
            inputs.append(np.maximum(inputs[-1] @ W + b, 0))
        scores = inputs[-2] @ params[-1][0] + params[-1][1]
        P = np.exp(scores - scores.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        history[step] = -np.log(P[np.arange(64), y[rows]]).mean()
        G = (P - np.eye(k)[y[rows]]) / 64
        for layer in (2, 1, 0):
            W, b = params[layer]
            moves = [-lr * inputs[layer].T @ G, -lr * G.sum(axis=0)]
            G = G @ W.T * (inputs[layer] > 0)
            speed[layer] = [0.9 * v + move for v, move in zip(speed[layer], moves)]
            params[layer] = [p + move for p, move in zip(params[layer], moves)]
    return params, history
