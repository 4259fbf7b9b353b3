"""Layers that do not change are handed back as they are: a view of the argument (mutant alias).

replaces: rescale
fails: gradient_flow_drift-habits
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    new = list(params)
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    new[layer], new[layer + 1] = (W * factor, b * factor), (V / factor[:, None], c)
    return new
