"""The smallest eigenvalue, and its constant vector.

replaces: fiedler
fails: fiedler-by_hand fiedler-eigenpair fiedler-known spectral_bipartition-by_hand
    spectral_bipartition-planted
"""
def fiedler(W):
    w, V = np.linalg.eigh(laplacian(W))
    return float(w[0]), np.abs(V[:, 0])
