"""The second vector of the random walk.

replaces: spectral_bipartition
"""
def spectral_bipartition(W):
    w, V = np.linalg.eig(laplacian(W, "rw"))
    v = V[:, np.argsort(w.real)[1]].real
    return (v < 0).astype(np.int32)
