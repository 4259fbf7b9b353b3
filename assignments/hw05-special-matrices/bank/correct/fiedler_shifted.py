"""The constant vector is lifted above all eigenvalues; then lam2 is the smallest one.

replaces: fiedler
"""
def fiedler(W):
    L = laplacian(W)
    n = len(L)
    top = 2 * np.diag(L).max() + 1.0
    w, V = np.linalg.eigh(L + top * np.ones((n, n)) / n)
    return float(w[0]), -V[:, 0]
