"""Divides by the degree 0 of a lonely node.

replaces: laplacian
fails: laplacian-edges
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = 1 / d
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
