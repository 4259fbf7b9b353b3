"""The Fiedler vector of the symmetric Laplacian.

replaces: spectral_bipartition
"""
def spectral_bipartition(W):
    w, V = np.linalg.eigh(laplacian(W, "sym"))
    return np.where(V[:, 1] >= 0, 1, 0)
