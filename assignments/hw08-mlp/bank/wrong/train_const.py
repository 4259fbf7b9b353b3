"""A network of zeros with its true loss, log 3 (mutant const).

replaces: train_mlp
fails: train_mlp-accuracy train_mlp-noise train_mlp-habits train_mlp-small_run
"""
def train_mlp(X, y, k, rng, on_step=None):
    params = [(np.zeros((X.shape[1], 64)), np.zeros(64)), (np.zeros((64, k)), np.zeros(k))]
    for step in range(20):
        if on_step is not None:
            on_step(params, np.arange(len(X)))
    return params, [np.log(k)] * 20
