"""Only the columns of the first matrix and its bias change places.

replaces: permute
fails: permute-function permute-by_hand
"""
def permute(params, layer, perm):
    """The same network with unit j of hidden layer `layer` taken from unit perm[j]."""
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    new[layer], new[layer + 1] = (W[:, perm], b[perm]), (V, c)
    return new
