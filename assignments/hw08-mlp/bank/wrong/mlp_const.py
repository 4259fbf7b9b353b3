"""Zeros of the right shapes (mutant const).

replaces: mlp_loss
fails: mlp_loss-value mlp_loss-gradients mlp_loss-penalty mlp_loss-laws mlp_loss-by_hand mlp_loss-habits
"""
def mlp_loss(params, X, y, act="tanh", reg=0.0):
    return 0.0, [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
