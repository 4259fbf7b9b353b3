"""Integer weights are divided into an integer array (mutant int).

replaces: rescale
fails: gradient_flow_drift-habits
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    W[:], b[:], V[:] = W * factor, b * factor, V / factor[:, None]
    return new
