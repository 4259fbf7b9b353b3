"""An orthonormal basis of the vectors that add up to zero, and the small matrix there.

replaces: fiedler
"""
def fiedler(W):
    W = np.array(W, dtype=float)
    n = len(W)
    np.fill_diagonal(W, 0)
    L = np.diag(W.sum(axis=1)) - W
    Q = np.linalg.qr(np.hstack([np.ones((n, 1)), np.eye(n)[:, 1:]]))[0][:, 1:]
    w, V = np.linalg.eigh(Q.T @ L @ Q)
    v = Q @ V[:, 0]
    return float(w[0]), v / np.sqrt(v @ v)
