"""Computes in float32 (mutant f32).

replaces: rescale
fails: rescale-function
"""
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    new = [(W.astype(np.float32), b.astype(np.float32)) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(np.float32(alpha), b.shape)
    new[layer], new[layer + 1] = (W * factor, b * factor), (V / factor[:, None], c)
    return new
