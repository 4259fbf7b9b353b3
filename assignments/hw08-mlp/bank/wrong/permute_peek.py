"""Looks into the frame of its caller (mutant peek).

replaces: permute
fails: permute-function gradient_flow_drift-habits permute-by_hand
"""
import sys

def permute(params, layer, perm):
    """The same network with unit j of hidden layer `layer` taken from unit perm[j]."""
    above = sys._getframe(1)
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    new[layer], new[layer + 1] = (W[:, perm], b[perm]), (V[perm], c)
    return new
