"""The second eigenvalue of the wrong Laplacian.

replaces: fiedler
fails: fiedler-eigenpair fiedler-known
"""
def fiedler(W):
    w, V = np.linalg.eigh(laplacian(W, "sym"))
    return float(w[1]), V[:, 1].copy()
