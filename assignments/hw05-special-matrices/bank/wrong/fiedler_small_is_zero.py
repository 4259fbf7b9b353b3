"""Takes a small lam2 for zero.

replaces: fiedler
fails: fiedler-known
"""
def fiedler(W):
    w, V = np.linalg.eigh(laplacian(W))
    return float(w[1]) if w[1] > 1e-3 else 0.0, V[:, 1].copy()
