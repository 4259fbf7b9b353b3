"""The signs of the first eigenvector.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted
"""
def spectral_bipartition(W):
    v = np.linalg.eigh(laplacian(W))[1][:, 0]
    return (v * v[0] > 0).astype(int)
