"""Hands back the argument where nothing changes places.

replaces: permute
fails: gradient_flow_drift-habits
"""
def permute(params, layer, perm):
    """The same network with unit j of hidden layer `layer` taken from unit perm[j]."""
    if np.array_equal(perm, np.arange(len(perm))):
        return params
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    new[layer], new[layer + 1] = (W[:, perm], b[perm]), (V[perm], c)
    return new
