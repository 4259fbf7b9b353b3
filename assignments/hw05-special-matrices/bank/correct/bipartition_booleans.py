"""Booleans.

replaces: spectral_bipartition
"""
def spectral_bipartition(W):
    return fiedler(W)[1] > 0
