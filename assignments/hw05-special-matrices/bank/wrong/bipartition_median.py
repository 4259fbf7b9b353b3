"""Cuts at the median: two groups of the same size.

replaces: spectral_bipartition
fails: spectral_bipartition-planted
"""
def spectral_bipartition(W):
    v = fiedler(W)[1]
    return (v > np.median(v)).astype(int)
