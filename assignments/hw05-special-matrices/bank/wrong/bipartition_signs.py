"""Labels -1 and 1.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted
"""
def spectral_bipartition(W):
    return np.where(fiedler(W)[1] > 0, 1, -1)
