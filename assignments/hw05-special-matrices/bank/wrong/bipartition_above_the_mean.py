"""Cuts above the mean.

replaces: spectral_bipartition
fails: spectral_bipartition-planted
"""
def spectral_bipartition(W):
    v = fiedler(W)[1]
    return (v > v.mean() + 0.3 * v.std()).astype(int)
