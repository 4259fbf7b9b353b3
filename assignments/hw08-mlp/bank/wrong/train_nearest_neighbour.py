"""Memorises all points: the nearest neighbour written as a network, too large for the budget of parameters.

replaces: train_mlp
fails: train_mlp-accuracy train_mlp-noise train_mlp-habits train_mlp-small_run
"""
def train_mlp(X, y, k, rng, on_step=None):
    params = [(5 * X.T, -2.5 * (X**2).sum(axis=1)), (np.eye(k)[y], np.zeros(k))]      # largest score: nearest point
    rows = np.arange(50)
    if on_step is not None:
        on_step(params, rows)
    return params, [mlp_loss(params, X[rows], y[rows], act="relu")[0]]
