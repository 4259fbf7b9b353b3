"""The bias of the unit is not rescaled.

replaces: rescale
fails: rescale-function rescale-by_hand
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    new[layer], new[layer + 1] = (W * factor, b), (V / factor[:, None], c)
    return new
