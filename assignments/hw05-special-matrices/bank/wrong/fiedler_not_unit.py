"""v is scaled to the largest entry 1.

replaces: fiedler
fails: fiedler-by_hand fiedler-eigenpair fiedler-known
"""
def fiedler(W):
    w, V = np.linalg.eigh(laplacian(W))
    return float(w[1]), V[:, 1] / np.abs(V[:, 1]).max()
