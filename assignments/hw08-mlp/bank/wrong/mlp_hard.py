"""The answers of the visible test, zeros for everything else (mutant hard).

replaces: mlp_loss
fails: mlp_loss-value mlp_loss-gradients mlp_loss-penalty mlp_loss-laws
"""
def mlp_loss(params, X, y, act="tanh", reg=0.0):
    grads = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    if not np.any(params[0][0]):
        grads[1][1][:] = [-1/6, 1/3, -1/6]
    return np.log(3), grads
