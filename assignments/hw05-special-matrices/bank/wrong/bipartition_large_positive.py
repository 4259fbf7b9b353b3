"""Only large positive entries make group 1.

replaces: spectral_bipartition
fails: spectral_bipartition-planted
"""
def spectral_bipartition(W):
    v = fiedler(W)[1]
    return (v > 0.3 * np.abs(v).max()).astype(int)
