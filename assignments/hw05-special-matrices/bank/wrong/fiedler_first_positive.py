"""The first eigenvalue above zero: wrong for a graph in pieces.

replaces: fiedler
fails: fiedler-known
"""
def fiedler(W):
    w, V = np.linalg.eigh(laplacian(W))
    first = np.argmax(w > 1e-9)
    return float(w[first]), V[:, first].copy()
