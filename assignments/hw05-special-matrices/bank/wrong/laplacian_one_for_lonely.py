"""Identity minus W, so a lonely node has a 1 on the diagonal.

replaces: laplacian
fails: laplacian-edges
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return np.eye(len(d)) - inverse[:, None] * W
    if kind == "sym":
        return np.eye(len(d)) - np.sqrt(inverse)[:, None] * W * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
