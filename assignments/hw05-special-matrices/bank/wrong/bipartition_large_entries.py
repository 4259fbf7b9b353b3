"""Large entries on either side against small ones.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted
"""
def spectral_bipartition(W):
    v = np.abs(fiedler(W)[1])
    return (v > np.median(v)).astype(int)
