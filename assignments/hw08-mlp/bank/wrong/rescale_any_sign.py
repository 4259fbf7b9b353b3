"""Negative factors are accepted, although ReLU does not commute with them.

replaces: rescale
fails: rescale-negative
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    new[layer], new[layer + 1] = (W * factor, b * factor), (V / factor[:, None], c)
    return new
