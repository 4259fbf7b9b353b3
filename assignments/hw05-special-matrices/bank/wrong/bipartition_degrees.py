"""Splits at the median degree.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted
"""
def spectral_bipartition(W):
    d = np.asarray(W).sum(axis=1)
    return (d > np.median(d)).astype(int)
