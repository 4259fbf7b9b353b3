"""Rescales the caller's arrays (mutant alias).

replaces: rescale
fails: gradient_flow_drift-habits
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    (W, b), (V, c) = params[layer], params[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    W *= factor
    b *= factor
    V /= factor[:, None]
    return params
