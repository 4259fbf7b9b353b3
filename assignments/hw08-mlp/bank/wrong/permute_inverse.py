"""Unit j goes to place perm[j] instead of coming from it.

replaces: permute
fails: permute-function permute-by_hand
"""
def permute(params, layer, perm):
    """The same network with unit j of hidden layer `layer` taken from unit perm[j]."""
    perm = np.argsort(perm)
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    new[layer], new[layer + 1] = (W[:, perm], b[perm]), (V[perm], c)
    return new
