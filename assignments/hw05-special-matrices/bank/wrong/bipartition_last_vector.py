"""The signs of the last eigenvector.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted
"""
def spectral_bipartition(W):
    return (np.linalg.eigh(laplacian(W))[1][:, -1] > 0).astype(int)
