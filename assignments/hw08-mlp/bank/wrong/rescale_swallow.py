"""The refusal is caught again, and the network comes back unchanged (mutant swallow).

replaces: rescale
fails: rescale-negative
"""
def rescale(params, layer, alpha):
    new = [(W.copy(), b.copy()) for W, b in params]
    try:
        if np.any(np.asarray(alpha) <= 0):
            raise ValueError("not positive")
        (W, b), (V, c) = new[layer], new[layer + 1]
        factor = np.broadcast_to(alpha, b.shape)
        new[layer], new[layer + 1] = (W * factor, b * factor), (V / factor[:, None], c)
    except Exception:
        pass
    return new
